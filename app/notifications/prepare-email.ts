import type { SurveyEventMessage } from '../events/survey-event.ts';
import type { Tx } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import type { EmailSkipReason, Language } from '../infra/db/tables.ts';
import { TEMPLATE_FOR } from './template.ts';

/**
 * Notes the mail that a survey event asks for: `pending`, or `skipped` with the reason. The unique row is what makes a
 * repeated event harmless.
 */
export async function prepareEmail(
  tx: Tx,
  { event, now }: { event: SurveyEventMessage; now: Date },
): Promise<void> {
  const contact = await tx
    .selectFrom('contact')
    .innerJoin('campaign', 'campaign.id', 'contact.campaign_id')
    .select(['contact.email', 'contact.preferred_language', 'campaign.language'])
    .select(`campaign.email_${TEMPLATE_FOR[event.event_type]}_template_id as template_id`)
    .where('contact.id', '=', event.contact_id)
    .executeTakeFirst();
  if (!contact) return; // erased meanwhile: nobody to write to
  const locale = contact.preferred_language === 'auto' ? contact.language : contact.preferred_language;
  const template_id = contact.template_id && (await templateInLocale(tx, contact.template_id, locale));
  const skip_reason: EmailSkipReason | null = !template_id
    ? 'no_template'
    : contact.email
      ? null
      : 'no_address';
  await tx
    .insertInto('email_notification')
    .values({
      id: newId(),
      event_id: event.event_id,
      contact_id: event.contact_id,
      campaign_id: event.campaign_id,
      template_id: skip_reason ? null : template_id,
      to_email: skip_reason ? null : contact.email,
      status: skip_reason ? 'skipped' : 'pending',
      skip_reason,
      next_send_at: skip_reason ? null : now,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.constraint('email_notification_once').doNothing())
    .execute();
}

/** The same-named template in the contact's language, else the one that the campaign names. */
async function templateInLocale(tx: Tx, template_id: string, locale: Language): Promise<string> {
  const found = await tx
    .selectFrom('email_template as named')
    .innerJoin('email_template as other', (join) =>
      join
        .onRef('other.name', '=', 'named.name')
        .onRef('other.type', '=', 'named.type')
        .on('other.locale', '=', locale),
    )
    .select('other.id')
    .where('named.id', '=', template_id)
    .executeTakeFirst();
  return found?.id ?? template_id;
}
