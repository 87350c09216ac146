import { sql } from 'kysely';
import { appendAudit } from '../../audit/append-audit.ts';
import { requireRole } from '../../auth/require-role.ts';
import { type Actor, ADMINS } from '../../auth/user.ts';
import type { Db } from '../../infra/db/database.ts';
import { findWebhook } from './find-webhooks.ts';
import type { ReplayInput } from './webhook.ts';

type Given = { id: string; input: ReplayInput; actor: Actor; now: Date };

/**
 * Tells a receiver once more: the dead events, or the named ones, or all of a period, also those from before there was
 * the receiver. What is on its way already is left alone. Answers how many.
 */
export async function replayWebhook(db: Db, { id, input, actor, now }: Given): Promise<number> {
  requireRole(actor, ADMINS);
  return db.transaction().execute(async (tx) => {
    await findWebhook(tx, id);
    const { event_ids, from, to } = input ?? {};
    const isDeadOnly = !event_ids && !from && !to;
    const { rows } = await sql`
      insert into webhook_delivery (id, webhook_id, event_id, next_attempt_at, created_at, updated_at)
      select gen_random_uuid(), w.id, e.id, ${now}, ${now}, ${now}
      from webhook w join event e on e.event_type = any(w.event_types)
      left join webhook_delivery d on d.webhook_id = w.id and d.event_id = e.id
      where w.id = ${id}
        and (not ${isDeadOnly}::boolean or d.status = 'dead')
        and (${event_ids ?? null}::uuid[] is null or e.id = any(${event_ids ?? null}::uuid[]))
        and (${from ?? null}::timestamptz is null or e.created_at >= ${from ?? null}::timestamptz)
        and (${to ?? null}::timestamptz is null or e.created_at < ${to ?? null}::timestamptz)
      on conflict on constraint webhook_delivery_once do update
        set status = 'pending', attempts = 0, next_attempt_at = excluded.next_attempt_at, updated_at = excluded.updated_at
        where webhook_delivery.status in ('delivered', 'dead')
      returning id`.execute(tx);
    await sql`select pg_notify('post', '')`.execute(tx);
    const changes = { events: { previous: null, new: rows.length } };
    const entry = { action: 'webhook.replayed', entity: 'webhook', entity_id: id, changes };
    await appendAudit(tx, { at: now, user_id: actor.user_id, ...entry });
    return rows.length;
  });
}
