import { sql } from 'kysely';
import type { Db } from '../../infra/db/database.ts';

type Zones = { country: string; time_zones: readonly string[] };

/**
 * Finds the number under which the scheduler knows a country and its zones, and adds what is new. Committed at once, on a
 * connection of its own: a set that no contact has does no harm, and the contacts are still being copied.
 */
export function zoneSetIds(db: Db) {
  const known = new Map<string, number>();
  return {
    known: (zones: Zones): number | undefined => known.get(nameOf(zones)),
    add: async (zones: Zones): Promise<number> => {
      const id = await addZoneSet(db, zones);
      known.set(nameOf(zones), id);
      return id;
    },
  };
}

// The tables of zones by number share their arrays, so most rows name one that was joined before.
const joined = new WeakMap<readonly string[], string>();

function nameOf({ country, time_zones }: Zones): string {
  let zones = joined.get(time_zones);
  if (zones === undefined) {
    zones = time_zones.join(',');
    joined.set(time_zones, zones);
  }
  return `${country} ${zones}`;
}

async function addZoneSet(db: Db, { country, time_zones }: Zones): Promise<number> {
  const row = { country, time_zones: [...time_zones] };
  await db
    .insertInto('zone_set')
    .values(row)
    .onConflict((conflict) => conflict.columns(['country', 'time_zones']).doNothing())
    .execute();
  const { id } = await db
    .selectFrom('zone_set')
    .select('id')
    .where('country', '=', country)
    .where('time_zones', '=', sql<string[]>`${row.time_zones}::text[]`)
    .executeTakeFirstOrThrow();
  return id;
}
