import { newId } from '../../app/infra/db/id.ts';
import type { World } from '../calling/world.ts';
import { NOON } from '../calling/world.ts';

/** What must not be found anywhere once the person is erased. */
export const CANARY = {
  phone_number: '+393471234567',
  email: 'Carla.Canarina@example.com',
  external_contact_id: 'canary-external-id',
  words: 'canary words that were said',
  answer: 'canary answer',
  name: 'canary-name-in-a-reason',
} as const;

/** A person who was called in a campaign, talked, agreed, answered, got a letter, and lies in every store there is. */
export async function aPerson(w: World, { completed = true } = {}) {
  const { db } = w;
  const campaign_id = await w.campaign();
  const [contact_id] = await w.contacts(campaign_id, 1, { phone_number: CANARY.phone_number });
  const { email, external_contact_id } = CANARY;
  await db.updateTable('contact').set({ email, external_contact_id }).where('id', '=', contact_id!).execute();
  const [call_id] = await w.claim([campaign_id], 1);
  const { id: call_attempt_id } = (await w.attempt(call_id!))!;
  const provider_call_id = `CA${newId().replaceAll('-', '')}`;
  await db
    .updateTable('call_attempt')
    .set({ dial_state: 'placed', provider_call_id, answered_at: NOON })
    .where('id', '=', call_attempt_id)
    .execute();
  if (completed) await endCall(w, { call_attempt_id, contact_id: contact_id! });
  await talk(w, { call_attempt_id, call_id: call_id!, provider_call_id });
  await announce(w, { call_attempt_id, contact_id: contact_id!, campaign_id });
  return { campaign_id, contact_id: contact_id!, call_id: call_id!, call_attempt_id, provider_call_id };
}

async function endCall(w: World, ids: { call_attempt_id: string; contact_id: string }): Promise<void> {
  await w.db
    .updateTable('call_attempt')
    .set({ ended_at: NOON, outcome: 'completed', disposition: 'completed' })
    .where('id', '=', ids.call_attempt_id)
    .execute();
  await w.db
    .updateTable('contact')
    .set({ state: 'completed', last_outcome: 'completed' })
    .where('id', '=', ids.contact_id)
    .execute();
}

type Call = { call_attempt_id: string; call_id: string; provider_call_id: string };

async function talk({ db }: World, { call_attempt_id, call_id, provider_call_id }: Call): Promise<void> {
  const { words, answer } = CANARY;
  const state = JSON.stringify({ heard: words });
  await db.insertInto('conversation').values({ call_attempt_id, state, updated_at: NOON }).execute();
  const turn = { call_attempt_id, position: 1, speaker: 'respondent' as const, language: 'it' as const };
  await db
    .insertInto('transcript_turn')
    .values({ ...turn, text: words, text_hash: 'h', created_at: NOON })
    .execute();
  const consent = { call_attempt_id, decision: 'granted' as const, script_version: 1, script_hash: 'h' };
  await db
    .insertInto('consent_record')
    .values({ ...consent, words, decided_at: NOON, decided_by: 'yes', reason: CANARY.name })
    .execute();
  await db
    .insertInto('call_answer')
    .values({ call_attempt_id, question: 1, status: 'answered', answer, words })
    .execute();
  const fact = { provider: 'twilio', provider_event_key: `${provider_call_id}:completed`, call_id };
  const payload = JSON.stringify({ RecordingSid: 'RE1', said: words });
  await db
    .insertInto('call_event')
    .values({ ...fact, type: 'other', occurred_at: NOON, received_at: NOON, payload })
    .execute();
}

type Told = { call_attempt_id: string; contact_id: string; campaign_id: string };

async function announce({ db }: World, { call_attempt_id, contact_id, campaign_id }: Told): Promise<void> {
  const { answer, words, email } = CANARY;
  const status = { q1_status: 'answered', q2_status: 'refused', q3_status: 'refused' } as const;
  const of = { contact_id, campaign_id, call_attempt_id };
  await db
    .insertInto('survey_response')
    .values({ id: newId(), ...of, ...status, q1_answer: answer, q1_words: words, completed_at: NOON })
    .execute();
  const event_id = newId();
  const payload = JSON.stringify({ event_id, contact_id, answers: [{ question: 1, answer }] });
  await db
    .insertInto('event')
    .values({ id: event_id, event_type: 'survey.completed', ...of, payload, created_at: NOON })
    .execute();
  const message = { topic: 'survey-events', message_key: event_id, body: payload };
  await db
    .insertInto('bus_message')
    .values({ ...message, visible_at: NOON, created_at: NOON })
    .execute();
  const letter = { event_id, contact_id, campaign_id, to_email: email, status: 'sent' as const };
  await db
    .insertInto('email_notification')
    .values({ id: newId(), ...letter, created_at: NOON, updated_at: NOON })
    .execute();
}

/** Rejected rows of a file that name the person in other ways, and the person's number on the exclusion list. */
export async function elsewhere({ db, ctx }: World, campaign_id: string): Promise<void> {
  const user = await db.selectFrom('user').select('id').executeTakeFirstOrThrow();
  const id = newId();
  const counts = { status: 'completed' as const, total_rows: 2, rejected_count: 2 };
  const made = { created_by_user_id: user.id, created_at: NOON, updated_at: NOON };
  await db
    .insertInto('contact_import')
    .values({ id, campaign_id, file_name: 'people.csv', ...counts, ...made })
    .execute();
  const row = { contact_import_id: id, position: 0, field: 'phone_number', code: 'phone.lost_plus' };
  await db
    .insertInto('contact_import_error')
    .values([
      { ...row, line_number: 2, value: '347 123 4567', cells: ['347 123 4567', CANARY.name] },
      { ...row, line_number: 3, value: '12', cells: ['12', CANARY.email.toUpperCase()] },
    ])
    .execute();
  const { phone_number } = CANARY;
  await db
    .insertInto('exclusion_list_entry')
    .values({
      id: newId(),
      phone_number,
      phone_hash: ctx.phoneHash(phone_number),
      campaign_id,
      reason: CANARY.name,
      source: 'api',
      created_at: NOON,
    })
    .execute();
}
