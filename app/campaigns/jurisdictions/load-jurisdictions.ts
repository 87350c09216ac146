import type { Db } from '../../infra/db/database.ts';
import type { Jurisdiction } from './jurisdiction.ts';

/** All profiles by country; a handful of rows. */
export async function loadJurisdictions(db: Db): Promise<Map<string, Jurisdiction>> {
  const rows = await db.selectFrom('jurisdiction_profile').selectAll().orderBy('country').execute();
  return new Map(rows.map((row) => [row.country, row]));
}
