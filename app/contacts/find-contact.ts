import type { Role } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { CONTACT_COLUMNS, contactAnswer } from './contact-answer.ts';

/** One contact of a campaign with its attempts, masked for viewers; 404 where the campaign has no such contact. */
export async function findContact(db: Db, input: { campaign_id: string; contact_id: string; role: Role }) {
  const contact = await db
    .selectFrom('contact')
    .select(CONTACT_COLUMNS)
    .where('id', '=', input.contact_id)
    .where('campaign_id', '=', input.campaign_id)
    .executeTakeFirst();
  if (!contact) throw new AppError('resource.not_found', 'There is no such contact in this campaign.');
  const attempts = await db
    .selectFrom('call_attempt')
    .select(['call_id', 'attempt_number', 'started_at', 'outcome', 'disposition'])
    .where('contact_id', '=', contact.id)
    .orderBy('attempt_number')
    .execute();
  return { ...contactAnswer(contact, input.role), attempts };
}
