import { lockNumber } from '../contacts/lock-number.ts';
import type { Tx } from '../infra/db/database.ts';
import type { Attempt } from './call.ts';

/**
 * The attempt, held until the commit; undefined when there is none. The number is locked first, as everywhere, so that
 * a dial, a settlement and an exclusion of one number never wait for each other in a circle.
 */
export async function lockCall(tx: Tx, call_id: string): Promise<Attempt | undefined> {
  const known = await tx
    .selectFrom('call_attempt')
    .select('phone_number')
    .where('call_id', '=', call_id)
    .executeTakeFirst();
  if (!known) return undefined;
  if (known.phone_number !== null) await lockNumber(tx, known.phone_number);
  return tx
    .selectFrom('call_attempt')
    .selectAll()
    .where('call_id', '=', call_id)
    .forUpdate()
    .executeTakeFirst();
}
