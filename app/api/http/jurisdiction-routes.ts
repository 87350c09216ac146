import { z } from 'zod';
import { loadJurisdictions } from '../../campaigns/jurisdictions/load-jurisdictions.ts';
import { jurisdictionInput, updateJurisdiction } from '../../campaigns/jurisdictions/update-jurisdiction.ts';
import { importRegisterCheck } from '../../contacts/exclusions/import-register-check.ts';
import { problemText } from '../../contacts/import/problem-texts.ts';
import { isCountry } from '../../contacts/phone.ts';
import { AppError } from '../../errors.ts';
import { ADMINS, route } from './route.ts';
import { readUpload, uploadAnswer, uploadQuery } from './upload.ts';

const time = z.string().nullable();
const profile = z.object({
  country: z.string(),
  mode: z.enum(['advise', 'enforce']),
  prior_consent_needed: z.boolean(),
  weekday_start: time,
  weekday_end: time,
  saturday_start: time,
  saturday_end: time,
  sunday_start: time,
  sunday_end: time,
  public_holidays_allowed: z.boolean(),
  max_attempts: z.number(),
  min_gap_minutes: z.number(),
  max_attempts_per_30_days: z.number(),
  register_name: z.string().nullable(),
  register_max_age_days: z.number().nullable(),
  register_checked_at: z.date().nullable(),
  register_file_name: z.string().nullable(),
  caller_id_remark: z.string(),
  updated_at: z.date(),
  updated_by_user_id: z.string().nullable(),
});

export const jurisdictionRoutes = [
  route({
    method: 'GET',
    path: '/api/admin/jurisdictions',
    access: ADMINS,
    summary: 'What the law of each country asks of a call: defaults for counsel to confirm',
    tag: 'admin',
    response: z.object({ items: z.array(profile) }),
    handle: async ({ ctx }) => ({ items: [...(await loadJurisdictions(ctx.db)).values()] }),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/jurisdictions/:country',
    access: ADMINS,
    subject: countryThereIs,
    summary: 'Change a country’s profile, with the reason; "unknown" is every country without one',
    tag: 'admin',
    params: z.object({ country: z.string() }),
    body: jurisdictionInput,
    response: profile,
    handle: async ({ ctx, params, body, actor }) =>
      updateJurisdiction(ctx.db, { country: params.country, input: body, actor, now: ctx.now() }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/jurisdictions/:country/register-check',
    limit: 'upload',
    access: ADMINS,
    subject: countryThereIs,
    summary:
      'The answer of the country’s register of objections: its numbers are excluded, its date is noted',
    tag: 'admin',
    params: z.object({ country: z.string() }),
    query: uploadQuery
      .pick({ delimiter: true })
      .extend({ reason: z.string().trim().min(1).max(1_000).default('register check') }),
    response: uploadAnswer.extend({ register_checked_at: z.date().nullable() }),
    raw: 'stream',
    handle: async ({ ctx, params, query, actor, language, request }) => {
      const { file, file_name } = await readUpload(request, ctx.config.upload_limits);
      const check = { ...params, ...query, file, file_name, actor };
      const { errors, ...counts } = await importRegisterCheck(ctx, check);
      return {
        ...counts,
        acceptance_rate: counts.total_rows === 0 ? null : counts.accepted_count / counts.total_rows,
        errors: errors.map((one) => ({ ...one, error: problemText(one.code, language) })),
      };
    },
  }),
];

async function countryThereIs(_ctx: unknown, { country }: { country: string }): Promise<void> {
  if (country === 'unknown' || (/^[A-Z]{2}$/.test(country) && isCountry(country))) return;
  throw new AppError('resource.not_found', 'There is no such country.');
}
