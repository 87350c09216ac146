import fc from 'fast-check';
import { sql } from 'kysely';
import { DISPOSITIONS } from '../../app/calling/call.ts';
import { newId } from '../../app/infra/db/id.ts';
import type { ContactState, Disposition, NotReachedReason } from '../../app/infra/db/tables.ts';
import { NOON, type World } from '../calling/world.ts';

export type TriedCall = {
  /** null: still live */
  disposition: Disposition | null;
  minute: number;
  /** Seconds from the answer to the end; null: nobody answered. */
  talked: number | null;
  consent: 'granted' | 'refused' | null;
  latencies: number[];
  /** Answers of a call that broke off. */
  partial: number;
};
export type History = {
  state: ContactState;
  not_reached_reason: NotReachedReason | null;
  calls: TriedCall[];
  /** Of a completed contact: the three answers, null where none was given. */
  answers: (string | null)[] | null;
};

const RETRIED = [
  'break_off',
  'callback_requested',
  'no_explicit_consent',
  'answering_machine',
  'no_answer',
  'busy',
  'technical',
  'dial_unknown',
  'blocked',
] as const;
const UNANSWERED: readonly (Disposition | null)[] = [
  'no_answer',
  'busy',
  'technical',
  'blocked',
  'invalid_number',
];

const callOf = (disposition: fc.Arbitrary<Disposition | null>): fc.Arbitrary<TriedCall> =>
  fc
    .record({
      disposition,
      minute: fc.integer({ min: 0, max: 20_000 }),
      talked: fc.integer({ min: 1, max: 280 }),
      latencies: fc.array(fc.integer({ min: 1, max: 2_000 }), { maxLength: 4 }),
      partial: fc.integer({ min: 0, max: 2 }),
    })
    .map(({ disposition, talked, latencies, partial, minute }) => {
      const isAnswered = !UNANSWERED.includes(disposition);
      const consent =
        disposition === 'completed' || disposition === 'break_off'
          ? 'granted'
          : disposition === 'refusal'
            ? 'refused'
            : null;
      return {
        disposition,
        minute,
        talked: isAnswered && disposition !== null ? talked : null,
        consent,
        latencies: isAnswered ? latencies : [],
        partial: disposition === 'break_off' ? partial : 0,
      };
    });

const retried = callOf(fc.constantFrom(...RETRIED));
const answers = fc.tuple(
  fc.option(fc.integer({ min: 1, max: 5 }).map(String)),
  fc.option(fc.integer({ min: -10, max: 90 }).map(String)),
  fc.option(fc.constantFrom('fine', '=1+1', 'più pane', 'a "b", c\nd')),
);

/** A contact in `state` whose last call, after up to three tries, ended as `last` says. */
function ending(
  state: ContactState,
  last: fc.Arbitrary<TriedCall> | null,
  more: { reason?: NotReachedReason; most?: number } = {},
): fc.Arbitrary<History> {
  const before = fc.array(retried, { maxLength: more.most ?? 3 });
  return fc.tuple(before, last ?? fc.constant(null), answers).map(([calls, final, given]) => ({
    state,
    not_reached_reason: more.reason ?? null,
    calls: final ? [...calls, final] : calls,
    answers: state === 'completed' ? given : null,
  }));
}

const ended = (disposition: Disposition) => callOf(fc.constant(disposition));

/** Everything that can have become of a contact. */
export const contactHistory: fc.Arbitrary<History> = fc.oneof(
  ending('pending', null),
  ending('excluded', null),
  ending('in_progress', callOf(fc.constant(null))),
  ending('completed', ended('completed')),
  ending('refused', fc.oneof(ended('refusal'), ended('opt_out'))),
  ending('not_reached', retried, { reason: 'attempts_used_up' }),
  ending('not_reached', ended('invalid_number'), { reason: 'invalid_number' }),
  ending('not_reached', ended('wrong_person'), { reason: 'wrong_person' }),
  ending('not_reached', ended('minor'), { reason: 'minor' }),
);

export const startOf = ({ minute }: TriedCall) => new Date(NOON.getTime() + minute * 60_000);

/** Writes the histories as the contacts of a new campaign; answers its id and the contacts', in order. */
export async function writeHistories(w: World, histories: History[]) {
  const campaign_id = await w.campaign({ time_zone: 'Europe/Rome' });
  const ids = await w.contacts(campaign_id, histories.length);
  for (const [index, history] of histories.entries()) {
    await writeHistory(w, campaign_id, ids[index]!, history);
  }
  // Nobody settled these calls: where each contact stands is worked out from them.
  await sql`select recode_contacts()`.execute(w.db);
  return { campaign_id, ids };
}

async function writeHistory({ db }: World, campaign_id: string, contact_id: string, history: History) {
  const { state, calls, not_reached_reason } = history;
  const last = calls.at(-1);
  // The guard of moves lets a contact go where calls take it: first into progress.
  const moves: ContactState[] =
    state === 'pending' || state === 'excluded' ? [state] : ['in_progress', state];
  for (const to of moves) {
    await db
      .updateTable('contact')
      .set({
        state: to,
        not_reached_reason: to === 'not_reached' ? not_reached_reason : null,
        excluded_reason: to === 'excluded' ? 'exclusion_list' : null,
        attempts_count: calls.length,
        last_attempt_at: last ? startOf(last) : null,
      })
      .where('id', '=', contact_id)
      .execute();
  }
  for (const [index, call] of calls.entries())
    await writeCall(db, campaign_id, contact_id, index + 1, call, history);
}

async function writeCall(
  db: World['db'],
  campaign_id: string,
  contact_id: string,
  attempt_number: number,
  call: TriedCall,
  history: History,
) {
  const id = newId();
  const started_at = startOf(call);
  const answered_at = call.talked === null ? null : new Date(started_at.getTime() + 5_000);
  const ended_at =
    call.disposition && new Date((answered_at ?? started_at).getTime() + (call.talked ?? 20) * 1_000);
  await db
    .insertInto('call_attempt')
    .values({
      id,
      call_id: newId(),
      contact_id,
      campaign_id,
      attempt_number,
      phone_number: ended_at ? null : `+3934${contact_id.replace(/\D/g, '').slice(-8).padStart(8, '0')}`,
      dial_state: 'placed',
      provider_name: 'twilio',
      started_at,
      answered_at,
      ended_at,
      outcome: call.disposition && DISPOSITIONS[call.disposition].outcome,
      disposition: call.disposition,
      script_version: 1,
      language: 'en',
    })
    .execute();
  if (call.consent) {
    const script = { script_version: 1, script_hash: 'h', decided_by: 'rules', decided_at: started_at };
    const words = 'as it was said';
    await db
      .insertInto('consent_record')
      .values({ call_attempt_id: id, decision: call.consent, words, reason: 'no time', ...script })
      .execute();
  }
  for (const [position, latency_ms] of call.latencies.entries()) {
    const turn = { speaker: 'agent', text: 'Hello', text_hash: 'h', language: 'en' } as const;
    await db
      .insertInto('transcript_turn')
      .values({ call_attempt_id: id, position, ...turn, latency_ms, created_at: started_at })
      .execute();
  }
  for (let question = 1; question <= call.partial; question += 1) {
    await db
      .insertInto('call_answer')
      .values({ call_attempt_id: id, question, status: 'answered', answer: '3', words: 'three' })
      .execute();
  }
  if (call.disposition === 'completed')
    await writeResponse(db, campaign_id, contact_id, id, history, ended_at!);
}

async function writeResponse(
  db: World['db'],
  campaign_id: string,
  contact_id: string,
  call_attempt_id: string,
  { answers: given }: History,
  completed_at: Date,
) {
  const [q1, q2, q3] = given as [string | null, string | null, string | null];
  const status = (answer: string | null) => (answer === null ? ('refused' as const) : ('answered' as const));
  await db
    .insertInto('survey_response')
    .values({
      id: newId(),
      contact_id,
      campaign_id,
      call_attempt_id,
      q1_answer: q1,
      q2_answer: q2,
      q3_answer: q3,
      q1_status: status(q1),
      q2_status: status(q2),
      q3_status: status(q3),
      q1_words: 'well, so',
      completed_at,
    })
    .execute();
}
