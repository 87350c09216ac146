import { z } from 'zod';
import type { Context } from '../../context.ts';
import { createWebhook, deleteWebhook, updateWebhook } from '../../notifications/webhooks/change-webhooks.ts';
import { findWebhook, listDeliveries, listWebhooks } from '../../notifications/webhooks/find-webhooks.ts';
import { replayWebhook } from '../../notifications/webhooks/replay-webhook.ts';
import {
  deliveryAnswer,
  deliveryStatus,
  replayInput,
  webhookAnswer,
  webhookInput,
  webhookUpdate,
} from '../../notifications/webhooks/webhook.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { ADMINS, route } from './route.ts';

const params = z.object({ id: z.string() });
const tag = 'webhooks';
const subject = ({ db }: Context, { id }: { id: string }) => findWebhook(db, id);
const deps = ({ db, config }: Context) => ({
  db,
  encryptionKey: config.encryption_key.reveal(),
  rules: config.webhooks,
});

/** Receivers of survey events outside: signed by Standard Webhooks, retried, and told again on request. */
export const webhookRoutes = [
  route({
    method: 'GET',
    path: '/api/admin/webhooks',
    access: ADMINS,
    summary: 'Receivers of survey events',
    tag,
    query: pageQuery,
    response: paged(webhookAnswer),
    handle: async ({ ctx, query }) => {
      const { items, total } = await listWebhooks(ctx.db, query);
      return toPage(items, total, query);
    },
  }),
  route({
    method: 'POST',
    path: '/api/admin/webhooks',
    access: ADMINS,
    summary: 'Add a receiver; `new_secret` is shown this once',
    tag,
    body: webhookInput,
    response: webhookAnswer,
    status: 201,
    handle: async ({ ctx, body, actor }) => createWebhook(deps(ctx), { input: body, actor, now: ctx.now() }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/webhooks/:id',
    access: ADMINS,
    summary: 'One receiver',
    tag,
    params,
    response: webhookAnswer,
    handle: async ({ ctx, params: { id } }) => findWebhook(ctx.db, id),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/webhooks/:id',
    access: ADMINS,
    subject,
    summary: 'Replace a receiver; a new secret is shown this once, the one before signs as well for a day',
    tag,
    params,
    body: webhookUpdate,
    response: webhookAnswer,
    handle: async ({ ctx, params: { id }, body, actor }) =>
      updateWebhook(deps(ctx), { id, input: body, actor, now: ctx.now() }),
  }),
  route({
    method: 'DELETE',
    path: '/api/admin/webhooks/:id',
    access: ADMINS,
    summary: 'Take a receiver away',
    tag,
    params,
    status: 204,
    handle: async ({ ctx, params: { id }, actor }) => deleteWebhook(ctx.db, { id, actor, now: ctx.now() }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/webhooks/:id/deliveries',
    access: ADMINS,
    summary: 'What became of every event of a receiver',
    tag,
    params,
    query: pageQuery.extend({ status: deliveryStatus.optional() }),
    response: paged(deliveryAnswer),
    handle: async ({ ctx, params: { id }, query }) => {
      await findWebhook(ctx.db, id);
      const { items, total } = await listDeliveries(ctx.db, { webhook_id: id, ...query });
      return toPage(items, total, query);
    },
  }),
  route({
    method: 'POST',
    path: '/api/admin/webhooks/:id/replay',
    access: ADMINS,
    subject,
    summary: 'Tell a receiver again: the dead events, the named ones, or all of a period',
    tag,
    params,
    body: replayInput,
    response: z.object({ replayed: z.number() }),
    handle: async ({ ctx, params: { id }, body, actor }) => ({
      replayed: await replayWebhook(ctx.db, { id, input: body, actor, now: ctx.now() }),
    }),
  }),
];
