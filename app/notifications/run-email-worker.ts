import type pg from 'pg';
import { SURVEY_EVENTS, type SurveyEventMessage } from '../events/survey-event.ts';
import type { Db } from '../infra/db/database.ts';
import type { Bus } from '../infra/messaging/bus.ts';
import { waitForNotices } from '../infra/messaging/wait-for-notice.ts';
import type { Logger } from '../infra/observability/log.ts';
import type { Mailer } from './mailer.ts';
import { prepareEmail } from './prepare-email.ts';
import { sendDueEmails } from './send-due-emails.ts';

type Ctx = { db: Db; pool: pg.Pool; bus: Bus; mailer: Mailer; log: Logger; now(): Date };

const BATCH = 50;
const VISIBILITY_SECONDS = 60;
// Retries fall due without a notice; this is how late they may be.
const IDLE_MS = 2_000;

/** Writes the letters that survey events ask for, until the signal. */
export async function runEmailWorker(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const waker = waitForNotices(ctx.pool, ['bus'], signal);
  while (!signal.aborted) {
    const handled = await work(ctx).catch((error: unknown) => {
      ctx.log.error({ err: error }, 'e-mails could not be handled');
      return 0;
    });
    if (handled === 0) await waker.wait(IDLE_MS);
  }
  await waker.close();
}

/** One round: takes events off the bus, then sends what is due; answers how much it found to do. */
export async function work(ctx: Ctx): Promise<number> {
  const messages = await ctx.bus.receive(SURVEY_EVENTS, BATCH, VISIBILITY_SECONDS, ctx.now());
  for (const { body } of messages) {
    const event = body as SurveyEventMessage;
    await ctx.db.transaction().execute((tx) => prepareEmail(tx, { event, now: ctx.now() }));
  }
  await ctx.bus.acknowledge(
    SURVEY_EVENTS,
    messages.map((message) => message.id),
  );
  return messages.length + (await sendDueEmails(ctx));
}
