import { sql } from 'kysely';
import { appendAudit } from '../../audit/append-audit.ts';
import type { Secret } from '../../infra/config/secret.ts';
import { type Db, inTransaction } from '../../infra/db/database.ts';
import type { WebhookDeliveryStatus } from '../../infra/db/tables.ts';
import type { Logger } from '../../infra/observability/log.ts';
import { webhooksHandled } from '../../infra/observability/metrics.ts';
import type { EgressRules } from './egress.ts';
import { type PostResult, postWebhook } from './post-webhook.ts';
import { signatureHeaders } from './sign-webhook.ts';
import { openWebhookSecret, type SealedSecret } from './webhook-secret.ts';

export type WebhookPorts = {
  db: Db;
  log: Pick<Logger, 'error' | 'warn'>;
  config: {
    encryption_key: Secret<Buffer>;
    webhooks: EgressRules & { timeout_ms: number; max_attempts: number };
  };
  now(): Date;
};

const BATCH = 20;
// Longer than the longest time-out: what is still `sending` after it belongs to a process that died, and is sent again.
const LEASE_MS = 120_000;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;

type Due = {
  id: string;
  webhook_id: string;
  event_id: string;
  attempts: number;
  url: string;
  secret: SealedSecret;
  previous_secret: SealedSecret | null;
  payload: unknown;
};

/** Tells receivers what is due, at least once; `webhook-id` tells repeats. Answers how many it handled. */
export async function sendDueWebhooks(ctx: WebhookPorts): Promise<number> {
  const due = await takeDue(ctx.db, ctx.now());
  const failed = (await Promise.allSettled(due.map((one) => deliver(ctx, one)))).find(
    (result) => result.status === 'rejected',
  );
  if (failed) throw failed.reason;
  return due.length;
}

/** Of a receiver that is switched off nothing is taken: its events wait until it is back. */
async function takeDue(db: Db, now: Date): Promise<Due[]> {
  const lease = new Date(now.getTime() + LEASE_MS);
  const { rows } = await sql<Due>`
    with due as (
      select d.id from webhook_delivery d join webhook w on w.id = d.webhook_id
      where w.is_active and ((d.status = 'pending' and d.next_attempt_at <= ${now})
                          or (d.status = 'sending' and d.lease_until < ${now}))
      order by d.next_attempt_at, d.id limit ${BATCH} for update of d skip locked),
    taken as (
      update webhook_delivery d set status = 'sending', attempts = attempts + 1, lease_until = ${lease}, updated_at = ${now}
      from due where d.id = due.id returning d.*)
    select taken.id, taken.webhook_id, taken.event_id, taken.attempts, w.url, w.secret,
           case when w.previous_secret_until > ${now} then w.previous_secret end as previous_secret, e.payload
    from taken join webhook w on w.id = taken.webhook_id join event e on e.id = taken.event_id`.execute(db);
  return rows;
}

async function deliver(ctx: WebhookPorts, due: Due): Promise<void> {
  const body = JSON.stringify(due.payload);
  const key = ctx.config.encryption_key.reveal();
  const secrets = [due.secret, due.previous_secret]
    .filter((sealed) => sealed !== null)
    .map((sealed) => openWebhookSecret(key, due.webhook_id, sealed));
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'voicesurveyagent',
    ...signatureHeaders(secrets, { id: due.event_id, body, now: ctx.now() }),
  };
  const result = await postWebhook({ url: due.url, headers, body }, ctx.config.webhooks);
  const after = afterPost(result, due.attempts, ctx);
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .updateTable('webhook_delivery')
      .set({ ...after, lease_until: null, updated_at: ctx.now() })
      .where('id', '=', due.id)
      .where('status', '=', 'sending')
      .where('attempts', '=', due.attempts)
      .execute();
    if (after.response_status === 410) await switchOff(ctx, tx, due.webhook_id);
  });
  webhooksHandled.inc({ status: after.status });
  const { status, response_status, error_message: reason } = after;
  const fields = { webhook_delivery_id: due.id, webhook_id: due.webhook_id, response_status, reason };
  if (status === 'dead') ctx.log.error(fields, 'a webhook is dead');
  else if (status === 'pending') ctx.log.warn(fields, 'a webhook was not delivered');
}

type After = {
  status: WebhookDeliveryStatus;
  response_status: number | null;
  error_message: string | null;
  next_attempt_at: Date | null;
};

/** Any 2xx is delivered; 410 says that nobody wants it any more; all else is tried again. */
function afterPost(result: PostResult, attempts: number, { now, config }: WebhookPorts): After {
  const response_status = result.kind === 'answered' ? result.status : null;
  const over = { response_status, next_attempt_at: null };
  if (response_status !== null && response_status >= 200 && response_status < 300) {
    return { ...over, status: 'delivered', error_message: null };
  }
  const error_message = result.kind === 'failed' ? result.message : `the receiver answered ${result.status}`;
  if (response_status === 410 || attempts >= config.webhooks.max_attempts) {
    return { ...over, status: 'dead', error_message };
  }
  const wantedMs = result.kind === 'answered' ? (result.retry_after_seconds ?? 0) * 1_000 : 0;
  const pauseMs = Math.min(Math.max(backOffMs(attempts), wantedMs), LONGEST_RETRY_MS);
  return {
    status: 'pending',
    response_status,
    error_message,
    next_attempt_at: new Date(now().getTime() + pauseMs),
  };
}

/** Times four with every attempt, with jitter: ten attempts spread over about a day. */
function backOffMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 4 ** (attempts - 1), LONGEST_RETRY_MS) * (0.75 + Math.random() / 4);
}

async function switchOff({ now }: WebhookPorts, tx: Parameters<typeof appendAudit>[0], webhook_id: string) {
  const off = await tx
    .updateTable('webhook')
    .set({ is_active: false, inactive_reason: 'the receiver answered 410 Gone', updated_at: now() })
    .where('id', '=', webhook_id)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (off.numUpdatedRows === 0n) return;
  await appendAudit(tx, {
    at: now(),
    user_id: null,
    action: 'webhook.switched_off',
    entity: 'webhook',
    entity_id: webhook_id,
    changes: { is_active: { previous: true, new: false } },
  });
}
