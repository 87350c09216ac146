import { sql } from 'kysely';
import { appendAudit } from '../audit/append-audit.ts';
import type { CallPorts } from '../calling/ports.ts';
import type { ProviderCopy } from '../infra/db/tables.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'provider'>;
type Due = {
  id: string;
  provider_name: string;
  provider_call_id: string;
  copy: ProviderCopy;
  tries: number;
};

const BATCH = 50;
const LEASE_SECONDS = 120;
const LONGEST_PAUSE_MINUTES = 60;

/**
 * Asks the providers to delete what is due there, and notes what they confirmed; answers how much that was. What failed is
 * tried again, ever more slowly and for ever: an erasure is not over before the provider says so.
 */
export async function deleteAtProvider(ctx: Ctx): Promise<number> {
  const now = ctx.now();
  const { rows } = await sql<Due>`
    update provider_deletion d set tries = tries + 1,
      next_try_at = ${now}::timestamptz + make_interval(secs => ${LEASE_SECONDS})
    from (select id from provider_deletion where confirmed_at is null and next_try_at <= ${now}
          order by next_try_at, copy desc, id limit ${BATCH} for update skip locked) due
    where d.id = due.id
    returning d.id, d.provider_name, d.provider_call_id, d.copy, d.tries`.execute(ctx.db);
  // A recording is deleted before the record of the call that leads to it.
  rows.sort((a, b) => b.copy.localeCompare(a.copy));
  let confirmed = 0;
  for (const due of rows) if (await deleteOne(ctx, due)) confirmed += 1;
  return confirmed;
}

async function deleteOne(ctx: Ctx, due: Due): Promise<boolean> {
  const { provider_call_id, copy } = due;
  try {
    const provider = await ctx.provider(due.provider_name);
    if (!provider.eraseCopy) {
      await note(ctx, due, 'cannot_delete');
      return false;
    }
    await provider.eraseCopy({ provider_call_id, copy });
  } catch (error) {
    await note(ctx, due, (error as { error_code?: string }).error_code ?? 'failed');
    ctx.log.warn({ deletion_id: due.id, copy, tries: due.tries }, 'a copy at the provider was not deleted');
    return false;
  }
  await ctx.db.transaction().execute(async (tx) => {
    const at = ctx.now();
    await tx
      .updateTable('provider_deletion')
      .set({ confirmed_at: at, last_error: null })
      .where('id', '=', due.id)
      .execute();
    const entry = { action: 'provider_copy.deleted', entity: 'provider_deletion', entity_id: due.id };
    const changes = { copy: { previous: copy, new: null } };
    await appendAudit(tx, { at, user_id: null, ...entry, changes });
  });
  return true;
}

async function note({ db, now }: Ctx, due: Due, last_error: string): Promise<void> {
  const minutes = Math.min(LONGEST_PAUSE_MINUTES, 2 ** Math.min(due.tries, 10) / 2);
  await db
    .updateTable('provider_deletion')
    .set({ last_error, next_try_at: new Date(now().getTime() + minutes * 60_000) })
    .where('id', '=', due.id)
    .execute();
}
