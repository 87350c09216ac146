import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';

/** A person, as far as anybody can tell: all contacts that have one number, in whichever campaign. */
export type Person = { phone_number: string | null; contact_ids: string[]; emails: string[] };

/** The person behind a contact; 404 when there is no such contact. Without a number the contact stands for itself. */
export async function personOf(db: Db, contact_id: string): Promise<Person> {
  const contact = await db
    .selectFrom('contact')
    .select('phone_number')
    .where('id', '=', contact_id)
    .executeTakeFirst();
  if (!contact) throw new AppError('resource.not_found', 'There is no such contact.');
  const { phone_number } = contact;
  const rows = await db
    .selectFrom('contact')
    .select(['id', 'email'])
    .$if(phone_number !== null, (some) => some.where('phone_number', '=', phone_number))
    .$if(phone_number === null, (some) => some.where('id', '=', contact_id))
    .orderBy('id')
    .execute();
  const emails = [...new Set(rows.flatMap(({ email }) => email ?? []))];
  return { phone_number, contact_ids: rows.map(({ id }) => id), emails };
}
