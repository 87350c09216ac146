import type { Actor } from '../../app/auth/user.ts';
import { appendSurveyEvent } from '../../app/events/append-survey-event.ts';
import { relayEvents } from '../../app/events/relay-events.ts';
import { SURVEY_EVENTS } from '../../app/events/survey-event.ts';
import type { Secret } from '../../app/infra/config/secret.ts';
import type { Db } from '../../app/infra/db/database.ts';
import type { SurveyEventType } from '../../app/infra/db/tables.ts';
import { postgresBus } from '../../app/infra/messaging/postgres-bus.ts';
import { takeSurveyEvents } from '../../app/notifications/consume-survey-events.ts';
import { createWebhook, updateWebhook } from '../../app/notifications/webhooks/change-webhooks.ts';
import { findWebhook } from '../../app/notifications/webhooks/find-webhooks.ts';
import { replayWebhook } from '../../app/notifications/webhooks/replay-webhook.ts';
import { sendDueWebhooks } from '../../app/notifications/webhooks/send-due-webhooks.ts';
import { type ReplayInput, webhookInput, webhookUpdate } from '../../app/notifications/webhooks/webhook.ts';
import { world } from '../calling/world.ts';

/** Survey events that become webhooks, from the outbox to the receiver, with a clock that only tests move. */
export async function crmRoom(given: { encryption_key: Secret<Buffer>; max_attempts: number }) {
  const { encryption_key, max_attempts } = given;
  const w = await world();
  const { db } = w;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const bus = postgresBus({ db, pool: w.pool, topic: SURVEY_EVENTS, now: w.ctx.now, log });
  const rules = { allowed_hosts: ['localhost'], allow_internal: true, timeout_ms: 2_000, max_attempts };
  const config = { encryption_key, phone_hash_key: encryption_key, webhooks: rules };
  const ctx = { ...w.ctx, db, bus, log, config };
  const deps = { db, encryptionKey: encryption_key.reveal(), rules };
  const user = await db.selectFrom('user').select('id').executeTakeFirstOrThrow();
  const actor = { user_id: user.id, role: 'admin' } as Actor;
  const by = () => ({ actor, now: w.ctx.now() });
  const campaign_id = await w.campaign();
  const note = async () => {
    while ((await relayEvents(ctx, { now: w.ctx.now() })) > 0);
    while ((await bus.drain((batch) => takeSurveyEvents(ctx, batch))) > 0);
  };

  return {
    ...w,
    ctx,
    webhook: (url: string, more: object = {}) =>
      createWebhook(deps, { input: webhookInput.parse({ url, ...more }), ...by() }),
    change: async (id: string, more: object) => {
      const { url } = await findWebhook(db, id);
      return updateWebhook(deps, { id, input: webhookUpdate.parse({ url, ...more }), ...by() });
    },
    find: (id: string) => findWebhook(db, id),
    replay: (id: string, input?: ReplayInput) => replayWebhook(db, { id, input, ...by() }),
    /** A survey ends in this way; answers the event's id. */
    happen: async (event_type: SurveyEventType) => {
      const [contact_id = ''] = await w.contacts(campaign_id, 1);
      const fact = { campaign_id, contact_id, call_attempt_id: null, call_id: null, answers: null };
      const rest = { event_type, outcome: null, attempts_count: 1, now: w.ctx.now() };
      await db.transaction().execute((tx) => appendSurveyEvent(tx, { ...fact, ...rest }));
      const { id } = await db
        .selectFrom('event')
        .select('id')
        .where('contact_id', '=', contact_id)
        .executeTakeFirstOrThrow();
      return id;
    },
    note,
    carry: async () => {
      await note();
      while ((await sendDueWebhooks(ctx)) > 0);
    },
    /** The bus delivers an event once more. */
    repeat: async (id: string) => {
      const { payload, contact_id } = await db
        .selectFrom('event')
        .select(['payload', 'contact_id'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      await bus.publish([{ key: id, group: contact_id, body: payload }]);
    },
    /** Another process takes what is due and is killed before it sends. */
    leaseAndDie: () =>
      db
        .updateTable('webhook_delivery')
        .set({ status: 'sending', attempts: 1, lease_until: new Date(w.ctx.now().getTime() + 120_000) })
        .where('status', '=', 'pending')
        .execute(),
    deliveries: () => db.selectFrom('webhook_delivery').selectAll().orderBy('created_at').execute(),
  };
}
export type CrmRoom = Awaited<ReturnType<typeof crmRoom>>;

/** What the audit log holds of one thing. */
export function changesOf(db: Db, entity_id: string) {
  return db.selectFrom('audit_log_entry').select('changes').where('entity_id', '=', entity_id).execute();
}
