import { enforcedProfile } from '../campaigns/jurisdictions/jurisdiction.ts';
import { type LegalRefusal, legalRefusal } from '../campaigns/jurisdictions/legal-refusal.ts';
import { loadJurisdictions } from '../campaigns/jurisdictions/load-jurisdictions.ts';
import { isExcluded } from '../contacts/exclusions/is-excluded.ts';
import { inTransaction, type Tx } from '../infra/db/database.ts';
import type { Attempt } from './call.ts';
import { lockCall } from './lock-call.ts';
import type { CallPorts } from './ports.ts';
import { isWindowOpen } from './scheduler/eligibility.ts';
import type { PlaceCall } from './telephony/provider.ts';
import { withdrawAttempt } from './withdraw-attempt.ts';

type Ctx = Pick<CallPorts, 'db' | 'config' | 'phoneHash'>;
type Refusal = 'settings' | 'campaign' | 'contact' | 'excluded' | 'window' | LegalRefusal['kind'];
type Refused = { reason: Refusal; excluded_reason?: string; not_before?: Date };

/** `go`: the dial is committed and the request must be sent, once. `gone`: somebody else has the attempt. */
export type DialDecision =
  | { kind: 'go'; attempt: Attempt; call: PlaceCall }
  | { kind: 'withdrawn'; reason: Refusal }
  | { kind: 'gone' };

/**
 * The last checks, under the lock on the number: exclusion, window, campaign, contact. All hold: the attempt is `dialing`
 * when this commits. One fails, or nobody says which number to call from: the attempt is withdrawn.
 */
export function commitDial(
  ctx: Ctx,
  input: { call_id: string; from: string | null; now: Date },
): Promise<DialDecision> {
  const { call_id, from, now } = input;
  return inTransaction(ctx.db, async (tx) => {
    const attempt = await lockCall(tx, call_id);
    if (!attempt || attempt.ended_at !== null || attempt.dial_state !== 'reserved') return { kind: 'gone' };
    if (attempt.next_dial_at !== null && attempt.next_dial_at > now) return { kind: 'gone' };
    const refused =
      from === null ? { reason: 'settings' as const } : await findRefusal(tx, ctx, attempt, now);
    if (from === null || refused !== null) {
      const { reason, excluded_reason = null, not_before } = refused ?? { reason: 'settings' as const };
      await withdrawAttempt(tx, { attempt, excluded_reason, not_before, now });
      return { kind: 'withdrawn', reason };
    }
    return { kind: 'go', attempt, call: await startDialing(tx, ctx, attempt, from, now) };
  });
}

async function findRefusal(tx: Tx, ctx: Ctx, attempt: Attempt, now: Date): Promise<Refused | null> {
  const row = await tx
    .selectFrom('contact as k')
    .innerJoin('campaign as c', 'c.id', 'k.campaign_id')
    .innerJoin('zone_set as z', 'z.id', 'k.zone_set_id')
    .select([
      'k.state',
      'k.phone_number',
      'k.has_prior_consent',
      'k.attempts_count',
      'c.status',
      'c.deleted_at',
      'c.time_zone',
      'z.country',
      'z.time_zones',
    ])
    .select(['c.allowed_call_start_local', 'c.allowed_call_end_local'])
    .select(['c.allowed_weekdays', 'c.call_on_public_holidays'])
    .where('k.id', '=', attempt.contact_id)
    .executeTakeFirst();
  // An erased contact has no number, or another one.
  if (row?.state !== 'in_progress' || row.phone_number === null) return { reason: 'contact' };
  const { phone_number } = row;
  if (phone_number !== attempt.phone_number) return { reason: 'contact' };
  if (row.status !== 'running' || row.deleted_at !== null) return { reason: 'campaign' };
  const phone_hash = ctx.phoneHash(phone_number);
  if (await isExcluded(tx, { phone_hash, campaign_id: attempt.campaign_id })) {
    return { reason: 'excluded', excluded_reason: 'exclusion_list' };
  }
  const law = enforcedProfile(await loadJurisdictions(tx), row.country);
  const { ring_timeout_seconds } = ctx.config;
  const question = { window: row, whereabouts: row, ring_timeout_seconds, law };
  if (!isWindowOpen(question, now)) return { reason: 'window' };
  if (law === null) return null;
  const refusal = await legalRefusal(tx, {
    profile: law,
    phone_number,
    has_prior_consent: row.has_prior_consent,
    attempts_before: row.attempts_count - 1,
    attempt_id: attempt.id,
    now,
  });
  if (refusal === null) return null;
  const { kind: reason } = refusal;
  return 'not_before' in refusal
    ? { reason, not_before: refusal.not_before }
    : { reason, excluded_reason: 'no_prior_consent' };
}

async function startDialing(
  tx: Tx,
  { config }: Ctx,
  attempt: Attempt,
  from: string,
  now: Date,
): Promise<PlaceCall> {
  const limits = {
    ring_timeout_seconds: config.ring_timeout_seconds,
    time_limit_seconds: config.call_time_limit_seconds,
  };
  await tx
    .updateTable('call_attempt')
    .set({
      dial_state: 'dialing',
      dial_commit_at: now,
      lease_until: null,
      next_dial_at: null,
      error_code: null,
      ...limits,
    })
    .where('id', '=', attempt.id)
    .execute();
  const { call_id, campaign_id, contact_id, language } = attempt;
  // A live attempt has its number: the database holds it to that.
  return {
    to: attempt.phone_number!,
    from,
    callback_url: `${config.public_url}/webhooks/telephony/events`,
    language,
    metadata: { call_id, campaign_id, contact_id },
    ...limits,
  };
}
