import { sql } from 'kysely';
import type { SurveyEventMessage } from '../events/survey-event.ts';
import type { Tx } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { EmailSkipReason } from '../infra/db/tables.ts';
import type { Logger } from '../infra/observability/log.ts';
import { emailsHandled } from '../infra/observability/metrics.ts';
import { findUnsubscribed } from './unsubscribe.ts';

type Addressee = {
  event_id: string;
  contact_id: string;
  campaign_id: string;
  email: string | null;
  template_id: string | null;
};
type Given = {
  events: SurveyEventMessage[];
  emailHash(email: string): Buffer;
  now: Date;
  log: Pick<Logger, 'info'>;
};

/**
 * Notes the mails that survey events ask for: `pending`, or `skipped` with the reason. The unique row is what makes a
 * repeated event harmless. A contact that was erased meanwhile has no row: there is nobody to write to.
 */
export async function prepareEmails(tx: Tx, { events, emailHash, now, log }: Given): Promise<void> {
  const addressees = await findAddressees(tx, events);
  if (addressees.length === 0) return;
  const hashes = addressees.flatMap(({ email }) => (email ? [emailHash(email)] : []));
  const unsubscribed = await findUnsubscribed(tx, hashes);
  const rows = addressees.map(({ email, template_id, ...ids }) => {
    const isUnsubscribed = email !== null && unsubscribed.has(emailHash(email).toString('hex'));
    const skip_reason = skipReason(template_id, email, isUnsubscribed);
    return {
      id: newId(),
      ...ids,
      template_id: skip_reason ? null : template_id,
      to_email: skip_reason ? null : email,
      status: skip_reason ? ('skipped' as const) : ('pending' as const),
      skip_reason,
      next_send_at: skip_reason ? null : now,
      created_at: now,
      updated_at: now,
    };
  });
  const written = await tx
    .insertInto('email_notification')
    .values(rows)
    .onConflict((conflict) => conflict.constraint('email_notification_once').doNothing())
    .returning(['id', 'event_id', 'skip_reason'])
    .execute();
  for (const { id, event_id, skip_reason } of written) {
    if (!skip_reason) continue;
    emailsHandled.inc({ status: 'skipped' });
    log.info({ email_notification_id: id, event_id, skip_reason }, 'no e-mail is sent for an event');
  }
}

function skipReason(
  template_id: string | null,
  email: string | null,
  isUnsubscribed: boolean,
): EmailSkipReason | null {
  if (!template_id) return 'no_template';
  if (!email) return 'no_address';
  return isUnsubscribed ? 'unsubscribed' : null;
}

/**
 * Who an event is about, with the template for it: of the same name as the one that the campaign names, in the contact's
 * language, else in the campaign's, else the one named.
 */
async function findAddressees(tx: Tx, events: SurveyEventMessage[]): Promise<Addressee[]> {
  const { rows } = await sql<Addressee>`
    select e.event_id, contact.id as contact_id, campaign.id as campaign_id, contact.email, template.id as template_id
    from unnest(${events.map((event) => event.event_id)}::uuid[],
                ${events.map((event) => event.contact_id)}::uuid[],
                ${events.map((event) => event.event_type)}::text[]) as e (event_id, contact_id, event_type)
    join contact on contact.id = e.contact_id
    join campaign on campaign.id = contact.campaign_id
    cross join lateral (select
      case e.event_type when 'survey.completed' then campaign.email_completed_template_id
        when 'survey.refused' then campaign.email_refused_template_id
        else campaign.email_not_reached_template_id end as named_id,
      case contact.preferred_language when 'auto' then campaign.language
        else contact.preferred_language::text::language end as locale) wanted
    left join lateral (
      select other.id from email_template named
      join email_template other on other.name = named.name and other.type = named.type
      where named.id = wanted.named_id
      order by other.locale = wanted.locale desc, other.locale = campaign.language desc, other.id = named.id desc
      limit 1) template on true`.execute(tx);
  return rows;
}
