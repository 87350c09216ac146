import { type Selectable, sql } from 'kysely';
import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';
import type { SurveyEventType, Webhook, WebhookDeliveryStatus } from '../../infra/db/tables.ts';
import type { SealedSecret } from './webhook-secret.ts';

type Page = { page: number; page_size: number };
type Row = Omit<Selectable<Webhook>, 'event_types'> & { event_types: SurveyEventType[] } & {
  waiting: number;
  delivered: number;
  dead: number;
};

const counts = (db: Db) =>
  db
    .selectFrom('webhook')
    .selectAll('webhook')
    // The driver knows no arrays of our own enums.
    .select(sql<SurveyEventType[]>`webhook.event_types::text[]`.as('event_types'))
    .select(
      (['waiting', 'delivered', 'dead'] as const).map((name) => {
        const statuses = name === 'waiting' ? ['pending', 'sending'] : [name];
        return sql<number>`(select count(*) from webhook_delivery d where d.webhook_id = webhook.id
                             and d.status = any(${statuses}::webhook_delivery_status[]))`.as(name);
      }),
    );

/** One receiver, or `resource.not_found`. */
export async function findWebhook(db: Db, id: string) {
  const found = await counts(db).where('webhook.id', '=', id).executeTakeFirst();
  if (!found) throw new AppError('resource.not_found', 'There is no such webhook.');
  return webhookView(found);
}

/** A page of the receivers, newest first. */
export async function listWebhooks(db: Db, { page, page_size }: Page) {
  const rows = await counts(db)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await db
    .selectFrom('webhook')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items: rows.map(webhookView), total };
}

/** A page of what became of a receiver's events, newest first. */
export async function listDeliveries(
  db: Db,
  { webhook_id, status, page, page_size }: Page & { webhook_id: string; status?: WebhookDeliveryStatus },
) {
  const rows = db
    .selectFrom('webhook_delivery')
    .innerJoin('event', 'event.id', 'webhook_delivery.event_id')
    .where('webhook_id', '=', webhook_id)
    .$if(status !== undefined, (query) => query.where('status', '=', status as WebhookDeliveryStatus));
  const items = await rows
    .selectAll('webhook_delivery')
    .select('event.event_type')
    .orderBy('webhook_delivery.created_at', 'desc')
    .orderBy('webhook_delivery.id', 'desc')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await rows.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { items, total };
}

function webhookView({ secret, previous_secret: _previous, waiting, delivered, dead, ...row }: Row) {
  const { last_four } = secret as unknown as SealedSecret;
  return {
    ...row,
    secret: { configured: true, last_four },
    deliveries: { waiting, delivered, dead },
  };
}
