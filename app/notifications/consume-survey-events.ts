import { sql } from 'kysely';
import { SURVEY_EVENTS, type SurveyEventMessage, surveyEventMessage } from '../events/survey-event.ts';
import type { Secret } from '../infra/config/secret.ts';
import { type Db, inTransaction } from '../infra/db/database.ts';
import type { Bus, Received } from '../infra/messaging/bus.ts';
import { forgetOldMessages, takeIntoInbox } from '../infra/messaging/inbox.ts';
import type { Logger } from '../infra/observability/log.ts';
import { eventsConsumed } from '../infra/observability/metrics.ts';
import { recordObserved } from '../infra/observability/observed.ts';
import { prepareEmails } from './prepare-emails.ts';
import { hashEmail } from './unsubscribe-token.ts';
import { prepareWebhooks } from './webhooks/prepare-webhooks.ts';

type Ctx = {
  db: Db;
  log: Pick<Logger, 'error' | 'warn' | 'info'>;
  config: { phone_hash_key: Secret<Buffer> };
  now(): Date;
};

const CONSUMER = SURVEY_EVENTS;
const FORGET_EVERY_MS = 3_600_000;

/** Turns survey events into the e-mails and webhooks that they ask for, until the signal. */
export async function runEventConsumer(ctx: Ctx & { bus: Bus }, signal: AbortSignal): Promise<void> {
  const forget = () =>
    forgetOldMessages(ctx.db, { now: ctx.now() }).catch((error: unknown) =>
      ctx.log.warn({ err: error }, 'old messages could not be forgotten'),
    );
  const timer = setInterval(() => void forget(), FORGET_EVERY_MS);
  await ctx.bus.consume((batch) => takeSurveyEvents(ctx, batch), signal);
  clearInterval(timer);
}

/**
 * Deals with a batch in one transaction, and where that fails with each message on its own, so that one which cannot be
 * dealt with holds up no other. Answers what is done; the rest stays on the bus to come again.
 */
export async function takeSurveyEvents(ctx: Ctx, batch: Received[]): Promise<string[]> {
  try {
    return await takeTogether(ctx, batch);
  } catch (error) {
    if (batch.length === 1) {
      noteFailure(ctx, batch[0] as Received, error);
      return [];
    }
  }
  const done: string[] = [];
  for (const one of batch) done.push(...(await takeSurveyEvents(ctx, [one])));
  return done;
}

async function takeTogether(ctx: Ctx, batch: Received[]): Promise<string[]> {
  const events = batch.map(({ body }) => surveyEventMessage.parse(body));
  const now = ctx.now();
  const begunMs = Date.now();
  const fresh = await inTransaction(ctx.db, async (tx) => {
    const keys = await takeIntoInbox(tx, {
      consumer: CONSUMER,
      keys: events.map(({ event_id }) => event_id),
      now,
    });
    const toDo = firstOfEach(events).filter(({ event_id }) => keys.has(event_id));
    if (toDo.length === 0) return [];
    const emailHash = (email: string) => hashEmail(ctx.config.phone_hash_key.reveal(), email);
    await prepareEmails(tx, { events: toDo, emailHash, now, log: ctx.log });
    await prepareWebhooks(tx, { events: toDo, now });
    await sql`select pg_notify('post', '')`.execute(tx);
    return toDo;
  });
  for (const { call_id, campaign_id, contact_id } of fresh) {
    recordObserved('prepare e-mail', { call_id, campaign_id, contact_id }, begunMs);
  }
  eventsConsumed.inc({ result: 'new' }, fresh.length);
  eventsConsumed.inc({ result: 'repeated' }, batch.length - fresh.length);
  return batch.map(({ id }) => id);
}

/** A batch may hold the same event twice. */
function firstOfEach(events: SurveyEventMessage[]): SurveyEventMessage[] {
  return [...new Map(events.map((event) => [event.event_id, event])).values()];
}

function noteFailure({ log }: Ctx, { id, key, receive_count }: Received, error: unknown): void {
  eventsConsumed.inc({ result: 'failed' });
  log.error({ err: error, message_id: id, event_id: key, receive_count }, 'an event could not be dealt with');
}
