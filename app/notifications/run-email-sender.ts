import type pg from 'pg';
import { waitForNotices } from '../infra/messaging/wait-for-notice.ts';
import { type EmailPorts, sendDueEmails } from './send-due-emails.ts';

// Retries fall due without a notice; this is how late they may be.
const IDLE_MS = 2_000;

/** Sends the e-mails that are due, until the signal. */
export async function runEmailSender(
  ctx: EmailPorts & { pool: pg.Pool },
  signal: AbortSignal,
): Promise<void> {
  const waker = waitForNotices(ctx.pool, ['post'], signal);
  while (!signal.aborted) {
    const handled = await sendDueEmails(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'e-mails could not be handled');
      return 0;
    });
    if (handled === 0) await waker.wait(IDLE_MS);
  }
  await waker.close();
}
