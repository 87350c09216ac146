import { z } from 'zod';
import { addExclusion } from '../../contacts/exclusions/add-exclusion.ts';
import { importExclusions } from '../../contacts/exclusions/import-exclusions.ts';
import { listExclusions } from '../../contacts/exclusions/list-exclusions.ts';
import { removeExclusion } from '../../contacts/exclusions/remove-exclusion.ts';
import { problemText } from '../../contacts/import/problem-texts.ts';
import { readPhone } from '../../contacts/phone.ts';
import { AppError } from '../../errors.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { ADMINS, MANAGERS, route } from './route.ts';
import { countryCode, readUpload, uploadAnswer, uploadQuery } from './upload.ts';

const tag = 'exclusion list';
const entry = z.object({
  id: z.string(),
  phone_number: z.string().nullable(),
  campaign_id: z.string().nullable(),
  reason: z.string().nullable(),
  source: z.string(),
  created_at: z.date(),
});

export const exclusionRoutes = [
  route({
    method: 'GET',
    path: '/api/exclusions',
    access: MANAGERS,
    summary: 'Numbers that are never dialled',
    tag,
    query: pageQuery.extend({ campaign_id: z.uuid().optional(), q: z.string().max(30).optional() }),
    response: paged(entry.extend({ campaign_name: z.string().nullable() })),
    handle: async ({ ctx, query }) => {
      const { items, total } = await listExclusions(ctx.db, query);
      return toPage(items, total, query);
    },
  }),
  route({
    method: 'POST',
    path: '/api/exclusions',
    access: MANAGERS,
    summary: 'Put a number on the list: 201, or 200 when it was there',
    tag,
    body: z.object({
      phone_number: z.string().max(40),
      default_country: countryCode.optional(),
      campaign_id: z.uuid().nullish(),
      reason: z.string().trim().max(500).nullish(),
    }),
    response: entry,
    status: 201,
    handle: async ({ ctx, body, actor, language, reply }) => {
      const phone = readPhone(body.phone_number, body.default_country ?? null);
      if ('problem' in phone) {
        const message = problemText(phone.problem, language);
        throw new AppError('request.invalid', message, { errors: [{ field: 'phone_number', message }] });
      }
      const { campaign_id = null, reason = null } = body;
      const added = await addExclusion(ctx, { phone_number: phone.phone_number, campaign_id, reason, actor });
      return added.created ? added.entry : reply.code(200).send(added.entry);
    },
  }),
  route({
    method: 'POST',
    path: '/api/exclusions/upload',
    limit: 'upload',
    access: MANAGERS,
    summary: 'Put a file of numbers on the list',
    tag,
    query: uploadQuery.omit({ import_id: true }),
    response: uploadAnswer,
    raw: 'stream',
    handle: async ({ ctx, query, actor, language, request }) => {
      const { file } = await readUpload(request, ctx.config.upload_limits);
      const { delimiter, default_country = null } = query;
      const { errors, ...counts } = await importExclusions(ctx, { file, delimiter, default_country, actor });
      return {
        ...counts,
        acceptance_rate: counts.total_rows === 0 ? null : counts.accepted_count / counts.total_rows,
        errors: errors.map((one) => ({ ...one, error: problemText(one.code, language) })),
      };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/exclusions/:id',
    access: ADMINS,
    summary: 'Take an entry off the list; nobody is called again by that alone',
    tag,
    params: z.object({ id: z.string() }),
    // Why, for the audit log; a program that sends no body is let through as ever.
    body: z.object({ reason: z.string().trim().min(1).max(500).nullish() }).nullish(),
    status: 204,
    handle: async ({ ctx, params, body, actor }) =>
      removeExclusion(ctx.db, { id: params.id, reason: body?.reason ?? null, actor, now: ctx.now() }),
  }),
];
