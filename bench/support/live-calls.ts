import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { scriptContent, scriptHash, type Wording } from '../../app/campaigns/script.ts';
import { newId } from '../../app/infra/db/id.ts';

export type LiveCall = { call_id: string; provider_call_id: string };

/** So many calls that were just answered, each of its own contact in one running campaign. */
export async function liveCalls(pool: pg.Pool, count: number): Promise<LiveCall[]> {
  const campaign_id = await campaign(pool);
  const calls = Array.from({ length: count }, () => ({
    id: newId(),
    contact_id: newId(),
    call_id: newId(),
    provider_call_id: `CA${randomUUID().replaceAll('-', '')}`,
  }));
  const { rows } = await pool.query<{ id: number }>(
    `insert into zone_set (country, time_zones) values ('IT', '{Europe/Rome}')
     on conflict (country, time_zones) do update set country = excluded.country returning id`,
  );
  const start = Math.floor(Math.random() * 80_000_000);
  await pool.query(
    `insert into contact (id, campaign_id, phone_number, preferred_language, zone_set_id, state,
       attempts_count, created_at, updated_at)
     select c.contact_id, $1, '+39331' || ($3::int + row_number() over ()), 'auto', $4, 'in_progress', 1, now(), now()
     from jsonb_to_recordset($2) as c(contact_id uuid)`,
    [campaign_id, JSON.stringify(calls), start, rows[0]?.id],
  );
  await pool.query(
    `insert into call_attempt (id, call_id, contact_id, campaign_id, attempt_number, phone_number, dial_state,
       provider_name, provider_call_id, started_at, dial_commit_at, ring_timeout_seconds, time_limit_seconds,
       script_version, language)
     select c.id, c.call_id, c.contact_id, $1, 1, k.phone_number, 'placed', 'twilio', c.provider_call_id, now(), now(),
       25, 300, 1, 'en'
     from jsonb_to_recordset($2) as c(id uuid, contact_id uuid, call_id uuid, provider_call_id text)
     join contact k on k.id = c.contact_id`,
    [campaign_id, JSON.stringify(calls)],
  );
  return calls;
}

async function campaign(pool: pg.Pool): Promise<string> {
  const [id, user_id] = [newId(), newId()];
  const question = { scale_min: null, scale_max: null };
  const wording: Wording = {
    language: 'en',
    organization_name: 'Acme Research',
    intro_script: 'Hello, this is an automated assistant of Acme Research. Do you agree to take part?',
    question_1_text: 'From 1 to 5, how satisfied are you?',
    question_2_text: 'How many rooms do you have?',
    question_3_text: 'What should we change?',
    question_1_type: 'scale',
    question_2_type: 'numeric',
    question_3_type: 'free_text',
    question_1_scale_min: 1,
    question_1_scale_max: 5,
    question_2_scale_min: question.scale_min,
    question_2_scale_max: question.scale_max,
    question_3_scale_min: question.scale_min,
    question_3_scale_max: question.scale_max,
    translations: {},
  };
  await pool.query(
    `insert into "user" (id, oidc_issuer, oidc_sub, email, name, created_at, updated_at)
     values ($1, 'bench', $2, $2 || '@example.com', 'Bench', now(), now())`,
    [user_id, `user-${user_id}`],
  );
  const columns = { ...wording, translations: '{}' };
  const names = Object.keys(columns);
  await pool.query(
    `insert into campaign (id, name, status, max_attempts, retry_interval_minutes, allowed_call_start_local,
       allowed_call_end_local, allowed_weekdays, created_by_user_id, created_at, updated_at, ${names.join(', ')})
     values ($1, 'Bench', 'running', 5, 60, '00:00', '23:59', '{mon,tue,wed,thu,fri,sat,sun}', $2, now(), now(),
       ${names.map((_, n) => `$${n + 3}`).join(', ')})`,
    [id, user_id, ...Object.values(columns)],
  );
  const content = scriptContent(wording);
  await pool.query(
    'insert into script_version (campaign_id, version, hash, content, created_at) values ($1, 1, $2, $3, now())',
    [id, scriptHash(content), JSON.stringify(content)],
  );
  return id;
}
