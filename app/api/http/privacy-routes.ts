import { z } from 'zod';
import { contactAnswerSchema } from '../../contacts/contact-answer.ts';
import { isEmail } from '../../contacts/csv/cells.ts';
import { problemText } from '../../contacts/import/problem-texts.ts';
import { readPhone } from '../../contacts/phone.ts';
import { rectifyContact } from '../../contacts/rectify-contact.ts';
import { AppError } from '../../errors.ts';
import { eraseContact } from '../../privacy/erase-contact.ts';
import { findErasure, listErasures } from '../../privacy/find-erasures.ts';
import { findPerson } from '../../privacy/find-person.ts';
import { personOf } from '../../privacy/person.ts';
import { personData } from '../../privacy/person-data.ts';
import { setLegalHold } from '../../privacy/set-legal-hold.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { ADMINS, route } from './route.ts';
import { countryCode } from './upload.ts';

const tag = 'people’s rights';
const byId = z.object({ id: z.string() });
const anything = z.array(z.record(z.string(), z.unknown()));
const certificate = z.object({
  id: z.string(),
  erased_at: z.date(),
  erased_by: z.string().nullable(),
  contact_ids: z.array(z.string()),
  reapplied_at: z.date().nullable(),
  status: z.enum(['pending', 'completed']),
  stores: z.array(z.object({ store: z.string(), result: z.string(), count: z.number() })),
});

/** A number as it comes in an address, where a plus means a space. */
function readNumber(text: string, country: Parameters<typeof readPhone>[1], language: 'en' | 'it') {
  const written = text.trim();
  const isBare = /^[1-9]\d{6,}$/.test(written) && country === null;
  const phone = readPhone(isBare ? `+${written}` : written, country);
  if (!('problem' in phone)) return phone;
  const message = problemText(phone.problem, language);
  throw new AppError('request.invalid', message, { errors: [{ field: 'phone_number', message }] });
}

export const privacyRoutes = [
  route({
    method: 'GET',
    path: '/api/contacts/search',
    access: ADMINS,
    summary: 'A person’s contacts in all campaigns, by number or e-mail address',
    tag,
    query: pageQuery
      .extend({
        phone_number: z.string().trim().min(1).max(40).optional(),
        email: z.string().trim().min(3).max(320).optional(),
        default_country: countryCode.optional(),
      })
      .refine(({ phone_number, email }) => phone_number !== undefined || email !== undefined, {
        path: ['phone_number'],
        error: 'phone_number or email is needed',
        params: { it: 'serve phone_number oppure email' },
      }),
    response: paged(
      contactAnswerSchema.extend({
        campaign_name: z.string(),
        campaign_status: z.string(),
        legal_hold: z.boolean(),
      }),
    ).extend({
      exclusions: z.array(
        z.object({
          id: z.string(),
          campaign_id: z.string().nullable(),
          source: z.string(),
          reason: z.string().nullable(),
          created_at: z.date(),
        }),
      ),
    }),
    handle: async ({ ctx, query, actor, language }) => {
      const { phone_number, email = null, default_country = null, page, page_size } = query;
      const phone = phone_number === undefined ? null : readNumber(phone_number, default_country, language);
      const search = { phone_number: phone?.phone_number ?? null, email, actor, page, page_size };
      const { items, total, exclusions } = await findPerson(ctx, search);
      return { ...toPage(items, total, query), exclusions };
    },
  }),
  route({
    method: 'GET',
    path: '/api/contacts/:id/data',
    access: ADMINS,
    summary: 'Everything held about the person behind a contact',
    tag,
    params: byId,
    response: z.object({
      generated_at: z.date(),
      contacts: anything,
      calls: anything,
      consents: anything,
      transcript: anything,
      answers: anything,
      survey_responses: anything,
      call_events: anything,
      survey_events: anything,
      emails: anything,
      exclusions: anything,
      legal_holds: anything,
      exports: anything,
      audit_log: anything,
    }),
    handle: async ({ ctx, params, actor, reply }) => {
      const data = await personData(ctx, { contact_id: params.id, actor });
      reply.header('content-disposition', 'attachment; filename="personal-data.json"');
      return data;
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/contacts/:id',
    access: ADMINS,
    subject: ({ db }, { id }) => personOf(db, id),
    summary: 'Rectify what is held of a contact',
    tag,
    params: byId,
    body: z
      .strictObject({
        phone_number: z.string().max(40),
        default_country: countryCode,
        email: z.string().trim().max(320).refine(isEmail, 'must be an e-mail address').nullable(),
        external_contact_id: z.string().trim().min(1).max(200).nullable(),
        preferred_language: z.enum(['en', 'it', 'auto']),
        has_prior_consent: z.boolean(),
        do_not_call: z.literal(true),
      })
      .partial(),
    response: contactAnswerSchema,
    handle: async ({ ctx, params, body, actor, language }) => {
      const { phone_number, default_country = null, ...plain } = body;
      const phone =
        phone_number === undefined ? undefined : readNumber(phone_number, default_country, language);
      return rectifyContact(ctx, { contact_id: params.id, values: { ...plain, phone }, actor });
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/contacts/:id',
    access: ADMINS,
    summary: 'Erase the person behind a contact everywhere; the header "location" names the certificate',
    tag,
    params: byId,
    status: 204,
    handle: async ({ ctx, params, actor, reply }) => {
      const erasure_id = await eraseContact(ctx, { contact_id: params.id, actor });
      reply.header('location', `/api/admin/erasures/${erasure_id}`);
    },
  }),
  route({
    method: 'PUT',
    path: '/api/contacts/:id/legal-hold',
    access: ADMINS,
    subject: ({ db }, { id }) => personOf(db, id),
    summary: 'Hold everything of a contact against deletion, or let it go',
    tag,
    params: byId,
    body: z
      .object({ legal_hold: z.boolean(), reason: z.string().trim().min(1).max(1_000).nullish() })
      .refine(({ legal_hold, reason }) => !legal_hold || reason, {
        path: ['reason'],
        error: 'a hold needs a reason',
        params: { it: 'il blocco richiede un motivo' },
      }),
    response: z.object({
      contact_id: z.string(),
      legal_hold: z.boolean(),
      reason: z.string().nullable(),
      placed_at: z.date().nullable(),
    }),
    handle: async ({ ctx, params, body, actor }) => {
      const { legal_hold, reason = null } = body;
      return setLegalHold(ctx.db, { contact_id: params.id, legal_hold, reason, actor, now: ctx.now() });
    },
  }),
  route({
    method: 'GET',
    path: '/api/admin/erasures',
    access: ADMINS,
    summary: 'Certificates of erasure, newest first',
    tag,
    query: pageQuery,
    response: paged(certificate),
    handle: async ({ ctx, query }) => {
      const { items, total } = await listErasures(ctx.db, query);
      return toPage(items, total, query);
    },
  }),
  route({
    method: 'GET',
    path: '/api/admin/erasures/:id',
    access: ADMINS,
    summary: 'One certificate: each store with its result',
    tag,
    params: byId,
    response: certificate,
    handle: async ({ ctx, params }) => findErasure(ctx.db, params.id),
  }),
];
