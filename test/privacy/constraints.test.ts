import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type World, world } from '../calling/world.ts';
import { aPerson, elsewhere } from './a-person.ts';

let w: World;
beforeAll(async () => {
  w = await world();
  const { campaign_id } = await aPerson(w);
  await elsewhere(w, campaign_id);
  await w.contacts(await w.campaign(), 2);
});
afterAll(() => w.close());

// What SQL can hold, the database holds: every statement breaks one promise and names the constraint that stops it.
const BROKEN: [constraint: string, statement: string][] = [
  ['contact_phone_number_check', `update contact set phone_number = '0299990000'`],
  [
    'contact_phone_unique',
    `update contact set phone_number = '+393330000000', campaign_id = (select id from campaign limit 1)`,
  ],
  ['contact_attempts_count_check', 'update contact set attempts_count = 6'],
  ['contact_excluded_reason', `update contact set excluded_reason = 'because' where state = 'completed'`],
  ['contact_not_reached_reason', `update contact set not_reached_reason = 'minor' where state = 'completed'`],
  ['contact_bad_move', `update contact set state = 'pending' where state = 'completed'`],
  ['contact_email_length', `update contact set email = repeat('a', 321)`],
  ['contact_campaign_id_fkey', 'update contact set campaign_id = gen_random_uuid()'],
  [
    'contact_in_progress_has_number',
    `update contact set state = 'in_progress', phone_number = null where state = 'pending'`,
  ],
  ['call_attempt_contact_id_fkey', "delete from contact where state = 'completed'"],
  [
    'call_attempt_number_unique',
    `insert into call_attempt select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'call_id', gen_random_uuid(), 'provider_call_id', null))).* from call_attempt a`,
  ],
  [
    'call_attempt_call_id_key',
    `insert into call_attempt select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'attempt_number', 2, 'provider_call_id', null))).* from call_attempt a`,
  ],
  ['call_attempt_attempt_number_check', 'update call_attempt set attempt_number = 0'],
  [
    'call_attempt_ends_once',
    `insert into call_attempt select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'call_id', gen_random_uuid(), 'attempt_number', 2, 'provider_call_id', null, 'outcome', null))).* from call_attempt a`,
  ],
  ['call_attempt_settled', `update call_attempt set outcome = 'failed'`],
  [
    'call_event_provider_event_key_key',
    `insert into call_event (provider, provider_event_key, type, occurred_at, received_at, payload) select provider, provider_event_key, type, occurred_at, received_at, payload from call_event`,
  ],
  ['call_answer_question_check', 'update call_answer set question = 4'],
  ['call_answer_answered', 'update call_answer set answer = null'],
  [
    'survey_response_contact_id_key',
    `insert into survey_response select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).* from survey_response r`,
  ],
  ['survey_response_answered', 'update survey_response set q1_answer = null'],
  ['survey_response_confidence', 'update survey_response set q1_confidence = 1.5'],
  ['transcript_turn_latency', 'update transcript_turn set latency_ms = -1'],
  [
    'event_once_per_contact',
    `insert into event select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).* from event e`,
  ],
  ['email_notification_skipped', `update email_notification set skip_reason = 'no_address'`],
  ['email_notification_attempts', 'update email_notification set attempts = -1'],
  [
    'email_template_default_unique',
    `insert into email_template select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'name', 'Other'))).* from email_template t where is_default`,
  ],
  [
    'exclusion_unique',
    `insert into exclusion_list_entry select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).* from exclusion_list_entry e`,
  ],
  ['exclusion_phone_hash_length', `update exclusion_list_entry set phone_hash = 'short'`],
  ['contact_import_sum', 'update contact_import set total_rows = 7'],
  ['contact_import_counts', `update contact_import set status = 'running', accepted_count = -1`],
  ['campaign_max_attempts_check', 'update campaign set max_attempts = 6'],
  ['campaign_retry_interval_minutes_check', 'update campaign set retry_interval_minutes = 0'],
  ['campaign_window_order', `update campaign set allowed_call_end_local = '01:00'`],
  ['campaign_allowed_weekdays_check', `update campaign set allowed_weekdays = '{noday}'`],
  ['campaign_bad_move', `update campaign set status = 'draft'`],
  ['campaign_scale_1', 'update campaign set question_1_scale_max = 101'],
  ['provider_config_pkey', 'insert into provider_config default values'],
  ['provider_config_id_check', 'insert into provider_config (id) values (2)'],
  ['provider_config_outbound_number_check', `update provider_config set outbound_number = 'hello'`],
  [
    'provider_config_transcript_retention_days_check',
    'update provider_config set transcript_retention_days = -1',
  ],
  ['provider_config_answer_retention_days_check', 'update provider_config set answer_retention_days = 0'],
  ['provider_config_revision_check', 'update provider_config set revision = 0'],
  ['jurisdiction_profile_weekday', `update jurisdiction_profile set weekday_end = '01:00'`],
  [
    'jurisdiction_profile_saturday',
    `update jurisdiction_profile set saturday_start = '20:00' where country = 'IT'`,
  ],
  [
    'jurisdiction_profile_register',
    `update jurisdiction_profile set register_name = null where country = 'IT'`,
  ],
  [
    'jurisdiction_profile_country_check',
    `update jurisdiction_profile set country = 'Italy' where country = 'IT'`,
  ],
  ['legal_hold_reason_check', `insert into legal_hold select k.id, '', u.id, now() from contact k, "user" u`],
  [
    'legal_hold_contact_id_fkey',
    `insert into legal_hold select gen_random_uuid(), 'r', id, now() from "user"`,
  ],
  [
    'erasure_contact_ids_check',
    `insert into erasure (id, contact_ids, erased_at, stores) values (gen_random_uuid(), '{}', now(), '[]')`,
  ],
];

describe('the database refuses', () => {
  it.each(BROKEN)('what breaks %s', async (constraint, statement) => {
    const before = await sql`select count(*) from contact`.execute(w.db);
    await expect(sql.raw(statement).execute(w.db)).rejects.toMatchObject({ constraint });
    expect((await sql`select count(*) from contact`.execute(w.db)).rows).toEqual(before.rows);
  });

  it('what is no value of an enumeration', async () => {
    await expect(sql`update contact set state = 'gone'`.execute(w.db)).rejects.toThrow(
      'invalid input value for enum',
    );
  });
});

it('every wait of a connection is bounded', async () => {
  const { rows } = await sql<Record<string, string>>`
    select current_setting('statement_timeout') as a, current_setting('lock_timeout') as b,
      current_setting('idle_in_transaction_session_timeout') as c`.execute(w.db);
  expect(rows).toEqual([{ a: '30s', b: '10s', c: '30s' }]);
});
