import { sql } from 'kysely';
import type { Db } from '../../infra/db/database.ts';
import type { Jurisdiction } from './jurisdiction.ts';

/** Why the law forbids this dial: for good, or before a moment. */
export type LegalRefusal =
  | { kind: 'no_prior_consent' }
  | { kind: 'too_many_attempts' | 'too_soon'; not_before: Date };

const DAY_MS = 86_400_000;

type Question = {
  profile: Jurisdiction;
  phone_number: string;
  has_prior_consent: boolean;
  /** How often this contact was tried, without the attempt that is asked about. */
  attempts_before: number;
  /** The attempt that is asked about, which is no earlier one. */
  attempt_id: string | null;
  now: Date;
};

/** What an enforced profile says of one dial, over all campaigns that ever called the number; null = nothing against it. */
export async function legalRefusal(db: Db, question: Question): Promise<LegalRefusal | null> {
  const { profile, phone_number, attempts_before, attempt_id, now } = question;
  if (profile.prior_consent_needed && !question.has_prior_consent) return { kind: 'no_prior_consent' };
  if (attempts_before >= profile.max_attempts) {
    return { kind: 'too_many_attempts', not_before: new Date(now.getTime() + DAY_MS) };
  }
  const since = new Date(now.getTime() - 30 * DAY_MS);
  const { rows } = await sql<{ started_at: Date }>`
    select started_at from call_attempt
    where phone_number = ${phone_number} and started_at > ${since} and dial_commit_at is not null
      and id is distinct from ${attempt_id}::uuid
    order by started_at desc limit ${profile.max_attempts_per_30_days}`.execute(db);
  const last = rows[0]?.started_at;
  const first = rows[profile.max_attempts_per_30_days - 1]?.started_at;
  if (first) return { kind: 'too_many_attempts', not_before: new Date(first.getTime() + 30 * DAY_MS) };
  if (!last) return null;
  const not_before = new Date(last.getTime() + profile.min_gap_minutes * 60_000);
  return not_before > now ? { kind: 'too_soon', not_before } : null;
}
