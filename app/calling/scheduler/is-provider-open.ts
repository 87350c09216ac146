import type { Db } from '../../infra/db/database.ts';

/** False while the provider refuses our account: nobody is dialled then, by any scheduler. */
export async function isProviderOpen(db: Db, provider_name: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('provider_breaker')
    .select('open_until')
    .where('provider_name', '=', provider_name)
    .executeTakeFirst();
  return row === undefined || row.open_until <= now;
}
