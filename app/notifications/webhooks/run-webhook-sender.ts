import type pg from 'pg';
import { waitForNotices } from '../../infra/messaging/wait-for-notice.ts';
import { sendDueWebhooks, type WebhookPorts } from './send-due-webhooks.ts';

// Retries fall due without a notice; this is how late they may be.
const IDLE_MS = 2_000;

/** Tells receivers of survey events, until the signal. */
export async function runWebhookSender(
  ctx: WebhookPorts & { pool: pg.Pool },
  signal: AbortSignal,
): Promise<void> {
  const waker = waitForNotices(ctx.pool, ['post'], signal);
  while (!signal.aborted) {
    const handled = await sendDueWebhooks(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'webhooks could not be delivered');
      return 0;
    });
    if (handled === 0) await waker.wait(IDLE_MS);
  }
  await waker.close();
}
