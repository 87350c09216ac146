import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';
import { stripMessages } from '../infra/messaging/delete-messages.ts';

/** Takes the answers out of the survey events of calls, in the outbox and on the queue; that they happened stays. */
export async function stripAnswers(tx: Tx, call_attempt_ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ contact_id: string }>`
    update event set payload = payload - 'answers'
    where call_attempt_id = any(${[...call_attempt_ids]}::uuid[]) and payload ? 'answers'
    returning contact_id`.execute(tx);
  await stripMessages(
    tx,
    rows.map(({ contact_id }) => contact_id),
  );
}
