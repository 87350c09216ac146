import { Readable } from 'node:stream';
import { z } from 'zod';
import { contactEligibility } from '../../calling/contact-eligibility.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { contactAnswerSchema } from '../../contacts/contact-answer.ts';
import { findContact } from '../../contacts/find-contact.ts';
import { errorsCsv } from '../../contacts/import/errors-csv.ts';
import { findImport, listImports } from '../../contacts/import/find-imports.ts';
import { importContacts } from '../../contacts/import/import-contacts.ts';
import { problemText } from '../../contacts/import/problem-texts.ts';
import { CONTACT_SORTS, listContacts } from '../../contacts/list-contacts.ts';
import { paged, pageQuery, sortBy, toPage } from './paging.ts';
import { MANAGERS, READERS, route } from './route.ts';
import { readUpload, uploadAnswer, uploadQuery } from './upload.ts';

const tag = 'contacts';
const byId = z.object({ id: z.string() });
const byImport = z.object({ import_id: z.string() });
const attempt = z.object({
  call_id: z.string(),
  attempt_number: z.number(),
  started_at: z.date(),
  outcome: z.enum(['completed', 'refused', 'no_answer', 'busy', 'failed']).nullable(),
  disposition: z.string().nullable(),
});
const importAnswer = z.object({
  import_id: z.string(),
  campaign_id: z.string(),
  file_name: z.string(),
  sha256: z.string().nullable(),
  status: z.enum(['running', 'completed', 'failed']),
  bytes: z.number(),
  rows: z.number(),
  total_rows: z.number(),
  accepted_count: z.number(),
  rejected_count: z.number(),
  duplicate_count: z.number(),
  excluded_count: z.number(),
  same_file_as: z.string().nullable(),
  error: z.string().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
});

export const contactRoutes = [
  route({
    method: 'POST',
    path: '/api/campaigns/:id/contacts/upload',
    limit: 'upload',
    subject: ({ db }, { id }) => findCampaign(db, id),
    access: MANAGERS,
    summary: 'Import a contact file (multipart field "file", optional "mapping" before it)',
    tag,
    params: byId,
    query: uploadQuery,
    response: uploadAnswer,
    raw: 'stream',
    handle: async ({ ctx, params, query, actor, language, request }) => {
      const { delimiter, default_country = null, import_id } = query;
      const upload = await readUpload(request, ctx.config.upload_limits);
      const options = { campaign_id: params.id, import_id, delimiter, default_country, actor };
      const { first_errors, same_file_as, ...counts } = await importContacts(ctx, { ...upload, ...options });
      return {
        ...counts,
        acceptance_rate: counts.total_rows === 0 ? null : counts.accepted_count / counts.total_rows,
        ...(same_file_as === null ? {} : { same_file_as }),
        errors: first_errors.map((one) => ({ ...one, error: problemText(one.code, language) })),
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/imports',
    access: MANAGERS,
    summary: 'Files imported into a campaign',
    tag,
    params: byId,
    response: z.object({ items: z.array(importAnswer) }),
    handle: async ({ ctx, params }) => {
      await findCampaign(ctx.db, params.id);
      return { items: await listImports(ctx.db, params.id) };
    },
  }),
  route({
    method: 'GET',
    path: '/api/imports/:import_id',
    access: MANAGERS,
    summary: 'How far an import is',
    tag,
    params: byImport,
    response: importAnswer,
    handle: async ({ ctx, params }) => findImport(ctx.db, params.import_id),
  }),
  route({
    method: 'GET',
    path: '/api/imports/:import_id/errors.csv',
    access: MANAGERS,
    summary: 'The rejected rows with what is wrong with them',
    tag,
    params: byImport,
    handle: async ({ ctx, params, language, reply }) => {
      await findImport(ctx.db, params.import_id);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="errors.csv"')
        .send(Readable.from(errorsCsv(ctx.db, params.import_id, language)));
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/contacts',
    access: READERS,
    summary: 'Contacts of a campaign; masked for viewers',
    tag,
    params: byId,
    query: pageQuery.extend({
      state: contactAnswerSchema.shape.state.optional(),
      outcome: z.enum(['completed', 'refused', 'no_answer', 'busy', 'failed']).optional(),
      disposition: z.string().max(10).optional(),
      q: z.string().trim().max(200).optional(),
      cursor: z.string().max(1_000).optional(),
      sort: sortBy(CONTACT_SORTS, 'created_at'),
    }),
    response: paged(contactAnswerSchema).extend({
      next_cursor: z.string().nullable(),
      prev_cursor: z.string().nullable(),
      total_is_estimate: z.boolean().optional(),
    }),
    handle: async ({ ctx, params, query, actor }) => {
      await findCampaign(ctx.db, params.id);
      const wanted = { ...query, q: query.q || undefined, campaign_id: params.id, role: actor.role };
      const { items, total, ...more } = await listContacts(ctx.db, wanted);
      return { ...toPage(items, total, query), ...more };
    },
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/contacts/:contact_id',
    access: READERS,
    summary: 'One contact with its attempts; masked for viewers',
    tag,
    params: z.object({ id: z.string(), contact_id: z.string() }),
    response: contactAnswerSchema.extend({ attempts: z.array(attempt) }),
    handle: async ({ ctx, params, actor }) =>
      findContact(ctx.db, { campaign_id: params.id, contact_id: params.contact_id, role: actor.role }),
  }),
  route({
    method: 'GET',
    path: '/api/campaigns/:id/contacts/:contact_id/eligibility',
    access: READERS,
    summary: 'Why a contact is called now or not',
    tag,
    params: z.object({ id: z.string(), contact_id: z.string() }),
    response: z.object({
      eligible: z.boolean(),
      next_possible_at: z.date().nullable(),
      gates: z.array(z.object({ code: z.string(), ok: z.boolean(), message: z.string() })),
    }),
    handle: async ({ ctx, params, language }) =>
      contactEligibility(ctx, {
        campaign_id: params.id,
        contact_id: params.contact_id,
        language,
        now: ctx.now(),
      }),
  }),
];
