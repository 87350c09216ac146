import type { Tx } from '../infra/db/database.ts';

export type DeletedCalls = Record<
  'transcripts' | 'consent_records' | 'answers' | 'call_events' | 'conversations' | 'call_attempts',
  number
>;

/** A call as the provider knows it; what it keeps is deleted there. */
export type ProviderCall = { provider_name: string; provider_call_id: string };

/** The calls of contacts that the provider knows. */
export async function providerCalls(tx: Tx, contact_ids: readonly string[]): Promise<ProviderCall[]> {
  const rows = await tx
    .selectFrom('call_attempt')
    .select(['provider_name', 'provider_call_id'])
    .where('contact_id', 'in', [...contact_ids])
    .where('provider_call_id', 'is not', null)
    .orderBy('id')
    .execute();
  return rows as ProviderCall[];
}

/**
 * Deletes all that is known of the calls of contacts: what was said, consented to and answered, the provider's facts, and
 * the attempts themselves. The survey events and letters that name a call must be gone before.
 */
export async function deleteCalls(tx: Tx, contact_ids: readonly string[]): Promise<DeletedCalls> {
  const calls = await tx
    .selectFrom('call_attempt')
    .select(['id', 'call_id'])
    .where('contact_id', 'in', [...contact_ids])
    .orderBy('id')
    .forUpdate()
    .execute();
  const ids = calls.map(({ id }) => id);
  if (ids.length === 0) return NONE;
  const count = ({ numDeletedRows }: { numDeletedRows: bigint }) => Number(numDeletedRows);
  const ofCalls = (
    table: 'transcript_turn' | 'consent_record' | 'call_answer' | 'survey_response' | 'conversation',
  ) => tx.deleteFrom(table).where('call_attempt_id', 'in', ids).executeTakeFirstOrThrow().then(count);
  const call_ids = calls.map(({ call_id }) => call_id);
  return {
    transcripts: await ofCalls('transcript_turn'),
    consent_records: await ofCalls('consent_record'),
    answers: (await ofCalls('call_answer')) + (await ofCalls('survey_response')),
    conversations: await ofCalls('conversation'),
    call_events: count(
      await tx.deleteFrom('call_event').where('call_id', 'in', call_ids).executeTakeFirstOrThrow(),
    ),
    call_attempts: count(
      await tx.deleteFrom('call_attempt').where('id', 'in', ids).executeTakeFirstOrThrow(),
    ),
  };
}

const NONE: DeletedCalls = {
  transcripts: 0,
  consent_records: 0,
  answers: 0,
  call_events: 0,
  conversations: 0,
  call_attempts: 0,
};
