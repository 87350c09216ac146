import type pg from 'pg';
import { newId } from '../../app/infra/db/id.ts';

/** `count` zone sets as real lists have them: a country with its zones. */
export async function zoneSets(pool: pg.Pool, count: number): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into zone_set (country, time_zones)
     select 'US', array['Zone/' || n] from generate_series(1, $1::int) n returning id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/** A running campaign with its approved wording. */
export async function addCampaign(pool: pg.Pool, now: Date): Promise<string> {
  const id = newId();
  const user_id = newId();
  await pool.query(
    `insert into "user" (id, oidc_issuer, oidc_sub, email, name, created_at, updated_at)
     values ($1, 'bench', $2, $3, 'Bench', $4, $4)`,
    [user_id, user_id, `${user_id}@example.com`, now],
  );
  await pool.query(
    `insert into campaign (id, name, status, language, organization_name, intro_script, question_1_text, question_2_text,
       question_3_text, question_1_type, question_2_type, question_3_type, max_attempts, retry_interval_minutes,
       allowed_call_start_local, allowed_call_end_local, allowed_weekdays, created_by_user_id, created_at, updated_at)
     values ($1, 'Bench', 'running', 'en', 'Acme', 'Hello', 'One?', 'Two?', 'Three?', 'free_text', 'free_text', 'free_text',
       3, 60, '09:00', '20:00', array['mon','tue','wed','thu','fri'], $2, $3, $3)`,
    [id, user_id, now],
  );
  await pool.query(
    `insert into script_version (campaign_id, version, hash, content, created_at) values ($1, 1, 'hash', '{"en":{}}', $2)`,
    [id, now],
  );
  return id;
}

/** Contacts spread evenly over the zone sets; one in ten waits for its second attempt. */
export async function addContacts(
  pool: pg.Pool,
  campaign_id: string,
  count: number,
  zones: number[],
  now: Date,
): Promise<void> {
  const client = await pool.connect();
  await client.query('set statement_timeout = 0');
  await client.query(
    `insert into contact (id, campaign_id, phone_number, zone_set_id, attempts_count, waits_as, next_attempt_at,
       created_at, updated_at)
     select new_id(), $1, '+1' || (2000000000 + n + $5::bigint)::text, ($3::int[])[1 + n % cardinality($3::int[])],
       case when n % 10 = 0 then 1 else 0 end, case when n % 10 = 0 then 2 + n % 3 else 1 end,
       case when n % 10 = 0 then $4::timestamptz - make_interval(secs => n % 5000) end, $4, $4
     from generate_series(1, $2::int) n`,
    [campaign_id, count, zones, now, Math.floor(Math.random() * 1e9)],
  );
  await client.query('vacuum analyze contact');
  client.release(true);
}

/** Ends every live attempt, so that lines are free again; the contacts keep waiting for their next one. */
export async function endAttempts(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(
    `update call_attempt set ended_at = $1, outcome = 'no_answer', disposition = 'no_answer' where ended_at is null`,
    [now],
  );
}
