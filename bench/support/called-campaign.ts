import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { newId } from '../../app/infra/db/id.ts';
import { liveCalls } from './live-calls.ts';

/** A manager's session, as a sign-in leaves it. */
export async function signIn(pool: pg.Pool): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const user_id = newId();
  await pool.query(
    `insert into "user" (id, oidc_issuer, oidc_sub, email, name, role, created_at, updated_at)
     values ($1, 'bench', 'manager', 'manager@example.com', 'Manager', 'campaign_manager', now(), now())`,
    [user_id],
  );
  await pool.query(
    `insert into session (id, token_hash, user_id, created_at, last_seen_at, expires_at)
     values ($1, $2, $3, now(), now(), now() + interval '1 hour')`,
    [newId(), createHash('sha256').update(token).digest(), user_id],
  );
  return `vsa_session=${token}`;
}

/** A campaign of so many contacts, every third called once with some outcome, every tenth of these completed. */
export async function calledCampaign(pool: pg.Pool, size: number): Promise<string> {
  const [first] = await liveCalls(pool, 1);
  const { rows } = await pool.query<{ campaign_id: string; zone_set_id: number }>(
    `select a.campaign_id, k.zone_set_id from call_attempt a join contact k on k.id = a.contact_id where a.call_id = $1`,
    [first!.call_id],
  );
  const { campaign_id, zone_set_id } = rows[0]!;
  await pool.query('set statement_timeout = 0');
  await pool.query(
    `insert into contact (id, campaign_id, external_contact_id, phone_number, preferred_language, zone_set_id, state,
       not_reached_reason, attempts_count, last_attempt_at, last_outcome, aapor_code, reached, created_at, updated_at)
     select new_id(), $1, 'C-' || n, '+39' || (3500000000 + n), 'auto', $2,
       case when n % 30 = 0 then 'completed' when n % 3 = 0 then 'not_reached' else 'pending' end::contact_state,
       case when n % 3 = 0 and n % 30 <> 0 then 'attempts_used_up' end::not_reached_reason,
       case when n % 3 = 0 then 1 else 0 end,
       case when n % 3 = 0 then timestamptz '2026-01-01 09:00+00' + (n % 30) * interval '1 day' + (n % 28800) * interval '1 second' end,
       case when n % 30 = 0 then 'completed' when n % 3 = 0 then 'no_answer' end::call_outcome,
       case when n % 30 = 0 then '1.1' when n % 3 = 0 then '3.13' else '3.11' end,
       case when n % 30 = 0 then 6 else 0 end, now(), now()
     from generate_series(1, $3::int) n`,
    [campaign_id, zone_set_id, size],
  );
  await pool.query(
    `insert into call_attempt (id, call_id, contact_id, campaign_id, attempt_number, dial_state, provider_name,
       started_at, answered_at, ended_at, outcome, disposition, script_version, language)
     select new_id(), new_id(), k.id, $1, 1, 'placed', 'twilio', k.last_attempt_at,
       case when k.last_outcome = 'completed' then k.last_attempt_at + interval '5 seconds' end,
       k.last_attempt_at + interval '90 seconds', k.last_outcome, k.last_outcome::text::disposition, 1, 'en'
     from contact k where k.campaign_id = $1 and k.state in ('completed', 'not_reached')`,
    [campaign_id],
  );
  await pool.query('select fold_contact_counts(), fold_result_counts()');
  return campaign_id;
}
