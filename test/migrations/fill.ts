import { newId } from '../../app/infra/db/id.ts';
import type { FreshDatabase } from './fresh-database.ts';

/**
 * Data as the first version's schema holds it: what an installation has when everything later is migrated under it. In
 * every state, with every kind of row that later versions change, count or index.
 */
export async function fillFirstVersion({ query }: FreshDatabase) {
  const [user, campaign, empty] = [newId(), newId(), newId()];
  await query(
    `insert into "user" (id, oidc_issuer, oidc_sub, email, name, role, created_at, updated_at)
     values ($1, 'i', 's', 'm@example.com', 'M', 'admin', now(), now())`,
    [user],
  );
  await query(
    `insert into session (token_hash, user_id, created_at, last_seen_at, expires_at, id)
     values ('\\x01', $1, now(), now(), now() + interval '1 hour', $2)`,
    [user, newId()],
  );
  for (const [id, name, zone] of [
    [campaign, 'Filled', 'Europe/Rome'],
    [empty, 'Empty', null],
  ]) {
    await query(
      `insert into campaign (id, name, status, language, organization_name, intro_script, question_1_text, question_2_text,
         question_3_text, question_1_type, question_2_type, question_3_type, max_attempts, retry_interval_minutes,
         allowed_call_start_local, allowed_call_end_local, allowed_weekdays, time_zone, created_by_user_id, created_at, updated_at)
       values ($1, $2, 'running', 'en', 'Acme', 'Hello', 'a', 'b', 'c', 'free_text', 'free_text', 'free_text', 3, 60,
         '09:00', '20:00', '{mon}', $3, $4, now(), now())`,
      [id, name, zone, user],
    );
  }
  await query(
    `insert into script_version (campaign_id, version, hash, content, created_at) values ($1, 1, 'h', '{}', now())`,
    [campaign],
  );
  const [zone] = await query<{ id: number }>(
    `insert into zone_set (country, time_zones) values ('IT', '{Europe/Rome}') returning id`,
  );
  await fillContacts({ query }, campaign, zone!.id);
  return { user, campaign, empty };
}

const STATES = ['pending', 'in_progress', 'completed', 'refused', 'not_reached', 'excluded'] as const;
const EACH = 20;

async function fillContacts({ query }: Pick<FreshDatabase, 'query'>, campaign: string, zone: number) {
  for (const [at, state] of STATES.entries()) {
    for (let n = 0; n < EACH; n += 1) {
      const contact = newId();
      const attempts = state === 'excluded' || (state === 'pending' && n % 2 === 0) ? 0 : 1;
      await query(
        `insert into contact (id, campaign_id, phone_number, preferred_language, time_zones, zone_set_id, time_zone_source,
           state, attempts_count, last_attempt_at, not_reached_reason, excluded_reason, created_at, updated_at)
         values ($1, $2, $3, 'auto', '{Europe/Rome}', $4, $5, $6::contact_state, $7::int,
           case when $7::int > 0 then now() - interval '1 day' end,
           case when $6 = 'not_reached' then 'attempts_used_up'::not_reached_reason end,
           case when $6 = 'excluded' then 'exclusion_list' end, now(), now())`,
        [
          contact,
          campaign,
          `+3933${10_000_000 + at * EACH + n}`,
          zone,
          n % 3 === 0 ? 'none' : 'number',
          state,
          attempts,
        ],
      );
      if (attempts > 0) await fillAttempt({ query }, campaign, contact, state);
    }
  }
}

const ENDS: Record<string, [outcome: string, disposition: string]> = {
  pending: ['no_answer', 'no_answer'],
  completed: ['completed', 'completed'],
  refused: ['refused', 'refusal'],
  not_reached: ['busy', 'busy'],
};
const EVENTS: Record<string, string> = {
  completed: 'survey.completed',
  refused: 'survey.refused',
  not_reached: 'survey.not_reached',
};

async function fillAttempt(
  { query }: Pick<FreshDatabase, 'query'>,
  campaign: string,
  contact: string,
  state: string,
): Promise<void> {
  const attempt = newId();
  const call = newId();
  const [outcome = null, disposition = null] = ENDS[state] ?? [];
  await query(
    `insert into call_attempt (id, call_id, contact_id, campaign_id, attempt_number, phone_number, provider_name, dial_state,
       started_at, ended_at, outcome, disposition, script_version, language)
     select $1, $2, $3, $4, 1, case when $5::text is null then phone_number end, 'twilio', 'placed', now() - interval '1 day',
       case when $5::text is not null then now() end, $5::call_outcome, $6::disposition, 1, 'en' from contact where id = $3`,
    [attempt, call, contact, campaign, outcome, disposition],
  );
  await query(`insert into conversation (call_attempt_id, state, updated_at) values ($1, '{}', now())`, [
    attempt,
  ]);
  const type = EVENTS[state];
  if (!type) return;
  const event = newId();
  await query(
    `insert into event (id, event_type, campaign_id, contact_id, call_attempt_id, payload, created_at)
     values ($1, $2::survey_event_type, $3, $4, $5, $6, now())`,
    [event, type, campaign, contact, attempt, { event_id: event, call_id: call }],
  );
  await query(
    `insert into bus_message (topic, message_key, body, visible_at, created_at) values ('t', $1, '{}', now(), now())`,
    [event],
  );
}

/** How many rows every table has. */
export async function rowCounts({ query }: FreshDatabase): Promise<Record<string, number>> {
  const tables = await query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await query<{ count: string }>(`select count(*) from "${name}"`);
    counts[name] = Number(row!.count);
  }
  return counts;
}
