import type { Selectable } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { ProviderConfig } from '../infra/db/tables.ts';
import type { SealedCredentials } from './credentials.ts';

/** How the product is run: one row, changed through the audited API only. */
export type Settings = Omit<Selectable<ProviderConfig>, 'credentials'> & { credentials: SealedCredentials };

/** The providers there are adapters for, by the type that each is. */
export type Providers = Record<Settings['provider_type'], readonly string[]>;

/** Reads the settings row. */
export async function loadSettings(db: Db): Promise<Settings> {
  const row = await db.selectFrom('provider_config').selectAll().executeTakeFirstOrThrow();
  return row as unknown as Settings;
}
