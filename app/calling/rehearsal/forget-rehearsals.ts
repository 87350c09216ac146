import type { Tx } from '../../infra/db/database.ts';

/** Deletes what was typed in rehearsals; that they took place, of which wording and how they ended stays on record. */
export async function forgetRehearsals(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('rehearsal')
    .set({ scene: null })
    .where('id', 'in', [...ids])
    .execute();
}
