import { sql } from 'kysely';
import type { Tx } from '../infra/db/database.ts';

/** Deletes contacts whose calls and letters are gone; answers how many there were. */
export async function deleteContacts(tx: Tx, contact_ids: readonly string[]): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('contact')
    .where('id', 'in', [...contact_ids])
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/**
 * Empties the rejected rows of imported files that name a person: by the digits of a number, however it was written, or
 * by an address. The line stays with its fault, so that the counts of the import still add up.
 */
export async function blankImportErrors(
  tx: Tx,
  person: { phone_numbers: readonly string[]; emails: readonly string[] },
): Promise<number> {
  // A national number is the end of the international one; eight digits are enough to be a person's.
  const endings = person.phone_numbers.map((number) => number.slice(1).slice(-8));
  const emails = person.emails.map((email) => email.toLowerCase());
  const { rows } = await sql<{ line_number: number }>`
    update contact_import_error e set value = '', cells = '{}'
    where cells <> '{}' and exists (
      select from unnest(e.cells || e.value) as cell
      where exists (select from unnest(${endings}::text[]) as ending
          where regexp_replace(cell, '[^0-9]', '', 'g') like '%' || ending || '%')
        or exists (select from unnest(${emails}::text[]) as email where strpos(lower(cell), email) > 0))
    returning line_number`.execute(tx);
  return rows.length;
}
