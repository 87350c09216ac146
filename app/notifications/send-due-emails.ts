import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { EmailStatus } from '../infra/db/tables.ts';
import type { Logger } from '../infra/observability/log.ts';
import { emailsHandled } from '../infra/observability/metrics.ts';
import { observed } from '../infra/observability/observed.ts';
import type { Mailer, MailResult } from './mailer.ts';
import { renderTemplate, type Variables } from './render.ts';

type Ctx = { db: Db; mailer: Mailer; log: Pick<Logger, 'warn'>; now(): Date };

const BATCH = 20;
// Longer than every time-out of the wire together: a row still `sending` after it belongs to a process that died.
const LEASE_MS = 120_000;
const MAX_ATTEMPTS = 8;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;

type Due = {
  id: string;
  call_id: string | null;
  campaign_id: string;
  to_email: string;
  attempts: number;
  subject: string;
  body_html: string;
  body_text: string;
  locale: 'en' | 'it';
  campaign_name: string;
  organization_name: string;
  happened_at: Date;
  completed_at: Date | null;
};

/**
 * Sends what is due: `sending` is committed before the wire, so that after a crash nobody is sent the same mail twice;
 * such a row becomes `unknown`. Answers how many mails it handled.
 */
export async function sendDueEmails(ctx: Ctx): Promise<number> {
  await giveUpOnLost(ctx);
  const due = await takeDue(ctx.db, ctx.now());
  await Promise.all(
    due.map((one) => {
      const { call_id, campaign_id } = one;
      return observed('send e-mail', { call_id, campaign_id }, () => sendOne(ctx, one));
    }),
  );
  return due.length;
}

async function giveUpOnLost({ db, now, log }: Ctx): Promise<void> {
  const lost = await db
    .updateTable('email_notification')
    .set({
      status: 'unknown',
      error_message: 'the process ended while the mail was being sent',
      lease_until: null,
      updated_at: now(),
    })
    .where('status', '=', 'sending')
    .where('lease_until', '<', now())
    .returning('id')
    .execute();
  for (const { id } of lost) log.warn({ email_notification_id: id }, 'the fate of an e-mail is unknown');
}

async function takeDue(db: Db, now: Date): Promise<Due[]> {
  const lease = new Date(now.getTime() + LEASE_MS);
  const { rows } = await sql<Due>`
    with due as (
      select id from email_notification where status = 'pending' and next_send_at <= ${now}
      order by next_send_at, id limit ${BATCH} for update skip locked),
    taken as (
      update email_notification n set status = 'sending', attempts = attempts + 1, lease_until = ${lease}, updated_at = ${now}
      from due where n.id = due.id returning n.*)
    select taken.id, e.payload ->> 'call_id' as call_id, taken.campaign_id, taken.to_email, taken.attempts, t.subject, t.body_html, t.body_text, t.locale,
           c.name as campaign_name, c.organization_name, e.created_at as happened_at, r.completed_at
    from taken join email_template t on t.id = taken.template_id
    join campaign c on c.id = taken.campaign_id join event e on e.id = taken.event_id
    left join survey_response r on r.contact_id = taken.contact_id`.execute(db);
  return rows;
}

async function sendOne(ctx: Ctx, due: Due): Promise<void> {
  const result = await deliver(ctx.mailer, due);
  const after = afterResult(result, due.attempts, ctx.now());
  await ctx.db
    .updateTable('email_notification')
    .set({ ...after, lease_until: null, updated_at: ctx.now() })
    .where('id', '=', due.id)
    .where('status', '=', 'sending')
    .execute();
  emailsHandled.inc({ status: after.status });
  if (after.status !== 'sent')
    ctx.log.warn({ email_notification_id: due.id, status: after.status }, 'an e-mail was not sent');
}

async function deliver(mailer: Mailer, due: Due): Promise<MailResult> {
  let letter: ReturnType<typeof renderTemplate>;
  try {
    letter = renderTemplate(due, variablesOf(due));
  } catch (error) {
    return { kind: 'permanent', message: `the template cannot be filled: ${(error as Error).message}` };
  }
  return mailer.send({ to: due.to_email, ...letter, message_id: `<${due.id}@voicesurveyagent>` });
}

function variablesOf({
  locale,
  happened_at,
  completed_at,
  campaign_name,
  organization_name,
}: Due): Variables {
  const long = (moment: Date, timeStyle?: 'short') =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle, timeZone: 'UTC' }).format(moment);
  return {
    campaign_name,
    organization_name,
    language: locale,
    date: long(happened_at),
    completed_at: completed_at ? `${long(completed_at, 'short')} UTC` : '',
  };
}

type After = {
  status: EmailStatus;
  provider_message_id?: string;
  error_message?: string;
  next_send_at?: Date;
};

function afterResult(result: MailResult, attempts: number, now: Date): After {
  if (result.kind === 'sent') return { status: 'sent', provider_message_id: result.provider_message_id };
  const error_message = result.message;
  if (result.kind === 'unknown') return { status: 'unknown', error_message };
  if (result.kind === 'permanent' || attempts >= MAX_ATTEMPTS) return { status: 'failed', error_message };
  return { status: 'pending', error_message, next_send_at: new Date(now.getTime() + backOffMs(attempts)) };
}

/** Doubles with every attempt, with jitter, so that a recovering server is not met by all at once. */
function backOffMs(attempts: number): number {
  const base = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
  return base * (0.5 + Math.random() / 2);
}
