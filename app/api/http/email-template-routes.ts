import { z } from 'zod';
import { listEmailNotifications } from '../../notifications/list-email-notifications.ts';
import {
  campaignsUsing,
  createEmailTemplate,
  deleteEmailTemplate,
  findEmailTemplate,
  listEmailTemplates,
  updateEmailTemplate,
} from '../../notifications/templates/email-templates.ts';
import { VARIABLES } from '../../notifications/templates/render.ts';
import { templateAnswer, templateInput } from '../../notifications/templates/template.ts';
import { previewDraft, previewTemplate, sendTestEmail } from '../../notifications/templates/try-template.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { ADMINS, route } from './route.ts';

const byId = z.object({ id: z.string() });
const aboutCampaign = z.object({ campaign_id: z.uuid().optional() });
const letter = z.object({ subject: z.string(), html: z.string(), text: z.string() });
const notification = z.object({
  id: z.string(),
  event_id: z.string(),
  contact_id: z.string(),
  campaign_id: z.string(),
  template_id: z.string().nullable(),
  to_email: z.string().nullable(),
  status: z.string(),
  skip_reason: z.string().nullable(),
  attempts: z.number(),
  provider_message_id: z.string().nullable(),
  error_message: z.string().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
});

export const emailTemplateRoutes = [
  route({
    method: 'GET',
    path: '/api/admin/email-templates',
    access: ADMINS,
    summary: 'E-mail templates',
    tag: 'e-mail',
    query: pageQuery,
    response: paged(templateAnswer).extend({ variables: z.array(z.string()) }),
    handle: async ({ ctx, query }) => {
      const { items, total } = await listEmailTemplates(ctx.db, query);
      return { ...toPage(items, total, query), variables: [...VARIABLES] };
    },
  }),
  route({
    method: 'POST',
    path: '/api/admin/email-templates/preview',
    access: ADMINS,
    summary: 'The letter of a text that is not stored yet',
    tag: 'e-mail',
    body: templateInput.pick({ type: true, locale: true, subject: true, body_html: true, body_text: true }),
    response: letter,
    handle: async ({ ctx, body, actor }) => previewDraft(ctx, { draft: body, actor }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/email-templates',
    access: ADMINS,
    summary: 'Add a template',
    tag: 'e-mail',
    body: templateInput,
    response: templateAnswer,
    status: 201,
    handle: async ({ ctx, body, actor }) =>
      createEmailTemplate(ctx.db, { input: body, actor, now: ctx.now() }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/email-templates/:id',
    access: ADMINS,
    summary: 'One template, with the campaigns that use it',
    tag: 'e-mail',
    params: byId,
    response: templateAnswer.extend({
      used_by: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })),
    }),
    handle: async ({ ctx, params }) => ({
      ...(await findEmailTemplate(ctx.db, params.id)),
      used_by: await campaignsUsing(ctx.db, params.id),
    }),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/email-templates/:id',
    access: ADMINS,
    subject: ({ db }, { id }) => findEmailTemplate(db, id),
    summary: 'Replace a template',
    tag: 'e-mail',
    params: byId,
    body: templateInput,
    response: templateAnswer,
    handle: async ({ ctx, params, body, actor }) =>
      updateEmailTemplate(ctx.db, { id: params.id, input: body, actor, now: ctx.now() }),
  }),
  route({
    method: 'DELETE',
    path: '/api/admin/email-templates/:id',
    access: ADMINS,
    summary: 'Take a template away',
    tag: 'e-mail',
    params: byId,
    status: 204,
    handle: async ({ ctx, params, actor }) =>
      deleteEmailTemplate(ctx.db, { id: params.id, actor, now: ctx.now() }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/email-templates/:id/preview',
    access: ADMINS,
    subject: ({ db }, { id }) => findEmailTemplate(db, id),
    summary: 'The letter as a respondent would get it',
    tag: 'e-mail',
    params: byId,
    body: aboutCampaign.nullish(),
    response: letter,
    handle: async ({ ctx, params, body, actor }) =>
      previewTemplate(ctx, { id: params.id, campaign_id: body?.campaign_id, actor }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/email-templates/:id/test',
    access: ADMINS,
    subject: ({ db }, { id }) => findEmailTemplate(db, id),
    summary: 'Send the letter to an address, your own where none is given; answers what the mail server said',
    tag: 'e-mail',
    params: byId,
    body: aboutCampaign.extend({ to: z.email().max(320).optional() }).nullish(),
    response: z.object({
      status: z.enum(['sent', 'failed', 'unknown']),
      to: z.string(),
      provider_message_id: z.string().nullable(),
      error_message: z.string().nullable(),
    }),
    handle: async ({ ctx, params, body, actor, request }) => {
      const to = body?.to ?? request.account?.email ?? '';
      return sendTestEmail(ctx, { id: params.id, campaign_id: body?.campaign_id, to, actor });
    },
  }),
  route({
    method: 'GET',
    path: '/api/admin/email-notifications',
    access: ADMINS,
    summary: 'What became of every follow-up e-mail',
    tag: 'e-mail',
    query: pageQuery.extend({
      status: z.enum(['pending', 'sending', 'sent', 'failed', 'unknown', 'skipped']).optional(),
      campaign_id: z.uuid().optional(),
      contact_id: z.uuid().optional(),
    }),
    response: paged(notification),
    handle: async ({ ctx, query }) => {
      const { items, total } = await listEmailNotifications(ctx.db, query);
      return toPage(items, total, query);
    },
  }),
];
