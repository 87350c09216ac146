import { z } from 'zod';
import { appendAudit, changesBetween } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, ADMINS } from '../../auth/user.ts';
import { AppError } from '../../errors.ts';
import { type Db, inTransaction } from '../../infra/db/database.ts';
import type { Jurisdiction } from './jurisdiction.ts';

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .nullable();

/** Any part of a profile, always with the reason why. */
export const jurisdictionInput = z
  .strictObject({
    mode: z.enum(['advise', 'enforce']),
    prior_consent_needed: z.boolean(),
    weekday_start: time,
    weekday_end: time,
    saturday_start: time,
    saturday_end: time,
    sunday_start: time,
    sunday_end: time,
    public_holidays_allowed: z.boolean(),
    max_attempts: z.number().int().min(1).max(5),
    min_gap_minutes: z.number().int().min(0).max(100_000),
    max_attempts_per_30_days: z.number().int().min(1).max(100),
    register_name: z.string().trim().min(1).max(200).nullable(),
    register_max_age_days: z.number().int().min(1).max(365).nullable(),
    register_checked_at: z
      .union([z.iso.datetime({ offset: true }), z.iso.date()])
      .transform((text) => new Date(text))
      .nullable(),
    register_file_name: z.string().trim().min(1).max(400).nullable(),
    caller_id_remark: z.string().max(1_000),
  })
  .partial()
  .extend({ reason: z.string().trim().min(1).max(1_000) });
export type JurisdictionInput = z.infer<typeof jurisdictionInput>;

/** Changes a country's profile, or makes one out of `unknown` for a country that has none; audited with its reason. */
export function updateJurisdiction(
  db: Db,
  { country, input, actor, now }: { country: string; input: JurisdictionInput; actor: Actor; now: Date },
): Promise<Jurisdiction> {
  requireRole(actor, ADMINS);
  const { reason, ...given } = input;
  return inTransaction(db, async (tx) => {
    const rows = await tx
      .selectFrom('jurisdiction_profile')
      .selectAll()
      .where('country', 'in', [country, 'unknown'])
      .forUpdate()
      .execute();
    const before = rows.find((row) => row.country === country);
    const base = before ?? rows[0]!;
    const changed = { ...base, ...given, country, updated_at: now, updated_by_user_id: actor.user_id };
    refuseBadHours(changed as Jurisdiction);
    const { country: _, ...values } = changed;
    await tx
      .insertInto('jurisdiction_profile')
      .values({ ...values, country })
      .onConflict((conflict) => conflict.column('country').doUpdateSet(values))
      .execute();
    const changes = changesBetween((before ?? {}) as Record<string, unknown>, given);
    await appendAudit(tx, {
      at: now,
      user_id: actor.user_id,
      action: 'jurisdiction.updated',
      entity: 'jurisdiction_profile',
      entity_id: country,
      changes: { ...changes, reason: { previous: null, new: reason } },
    });
    return tx
      .selectFrom('jurisdiction_profile')
      .selectAll()
      .where('country', '=', country)
      .executeTakeFirstOrThrow();
  });
}

/** Both ends of a day's hours or neither, in their order; a limit of age needs a register. */
function refuseBadHours(profile: Jurisdiction): void {
  const errors = (['weekday', 'saturday', 'sunday'] as const).flatMap((day) => {
    const [start, end] = [profile[`${day}_start`], profile[`${day}_end`]];
    const isGood = (start === null && end === null) || (start !== null && end !== null && start < end);
    return isGood ? [] : [{ field: `${day}_end`, message: 'must be after the start, or both null' }];
  });
  if (profile.register_name === null && profile.register_max_age_days !== null) {
    errors.push({ field: 'register_max_age_days', message: 'needs a register_name' });
  }
  if (errors.length > 0) throw new AppError('request.invalid', 'Some fields are not valid.', { errors });
}
