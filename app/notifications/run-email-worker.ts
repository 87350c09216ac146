import type pg from 'pg';
import { SURVEY_EVENTS, type SurveyEventMessage } from '../events/survey-event.ts';
import { type Db, inTransaction } from '../infra/db/database.ts';
import type { Bus, Received } from '../infra/messaging/bus.ts';
import { waitForNotices } from '../infra/messaging/wait-for-notice.ts';
import type { Logger } from '../infra/observability/log.ts';
import { observed } from '../infra/observability/observed.ts';
import type { Mailer } from './mailer.ts';
import { prepareEmail } from './prepare-email.ts';
import { sendDueEmails } from './send-due-emails.ts';

type Ctx = { db: Db; bus: Bus; mailer: Mailer; log: Pick<Logger, 'error' | 'warn'>; now(): Date };

const BATCH = 50;
const VISIBILITY_SECONDS = 60;
// Retries fall due without a notice; this is how late they may be.
const IDLE_MS = 2_000;

/** Writes the letters that survey events ask for, until the signal. */
export async function runEmailWorker(ctx: Ctx & { pool: pg.Pool }, signal: AbortSignal): Promise<void> {
  const waker = waitForNotices(ctx.pool, ['bus'], signal);
  while (!signal.aborted) {
    const handled = await handleEmails(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'e-mails could not be handled');
      return 0;
    });
    if (handled === 0) await waker.wait(IDLE_MS);
  }
  await waker.close();
}

/** One round: takes events off the bus, then sends what is due; answers how much of it was done. */
export async function handleEmails(ctx: Ctx): Promise<number> {
  const messages = await ctx.bus.receive(SURVEY_EVENTS, BATCH, VISIBILITY_SECONDS, ctx.now());
  const taken: string[] = [];
  for (const message of messages) {
    if (await take(ctx, message)) taken.push(message.id);
  }
  await ctx.bus.acknowledge(SURVEY_EVENTS, taken);
  return taken.length + (await sendDueEmails(ctx));
}

/** False leaves the message on the bus to come again; the others of its batch do not wait for it. */
async function take(ctx: Ctx, { id, body, receive_count }: Received): Promise<boolean> {
  const event = body as SurveyEventMessage;
  try {
    const { call_id, campaign_id, contact_id } = event;
    await observed('prepare e-mail', { call_id, campaign_id, contact_id }, () =>
      inTransaction(ctx.db, (tx) => prepareEmail(tx, { event, now: ctx.now() })),
    );
    return true;
  } catch (error) {
    ctx.log.error({ err: error, message_id: id, receive_count }, 'an event asks for an e-mail in vain');
    return false;
  }
}
