import type { ProviderCall } from '../calling/delete-calls.ts';
import type { Tx } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { ProviderCopy } from '../infra/db/tables.ts';

type Request = {
  calls: readonly ProviderCall[];
  copies: readonly ProviderCopy[];
  erasure_id: string | null;
  now: Date;
};

/** Puts down what the provider must delete; said twice it counts once, and an erasure takes over what was due anyway. */
export async function requestDeletions(tx: Tx, { calls, copies, erasure_id, now }: Request): Promise<void> {
  const rows = calls.flatMap((call) =>
    copies.map((copy) => ({
      id: newId(),
      ...call,
      copy,
      erasure_id,
      requested_at: now,
      next_try_at: now,
    })),
  );
  if (rows.length === 0) return;
  await tx
    .insertInto('provider_deletion')
    .values(rows)
    .onConflict((conflict) =>
      conflict.constraint('provider_deletion_once').doUpdateSet((eb) => ({
        erasure_id: eb.fn.coalesce('excluded.erasure_id', 'provider_deletion.erasure_id'),
      })),
    )
    .execute();
}
