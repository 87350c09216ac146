import { sql } from 'kysely';
import type { Db } from '../../infra/db/database.ts';
import { type CallWindow, isWindowOpen, type Whereabouts } from './eligibility.ts';

type Row = CallWindow & Whereabouts & { campaign_id: string; zone_set_id: number };

/** The (campaign, zone set) pairs that have contacts to call and may be called now, of all running campaigns. */
export async function openZoneSets(
  db: Db,
  input: { ring_timeout_seconds: number; now: Date },
): Promise<{ campaign_id: string; zone_set_id: number }[]> {
  const { rows } = await sql<Row>`
    select c.id as campaign_id, z.id as zone_set_id, z.country, z.time_zones, c.time_zone,
      c.allowed_call_start_local, c.allowed_call_end_local, c.allowed_weekdays, c.call_on_public_holidays
    from campaign c cross join lateral callable_zone_sets(c.id) as waiting(zone_set_id)
    join zone_set z on z.id = waiting.zone_set_id
    where c.status = 'running' and c.deleted_at is null`.execute(db);
  return rows
    .filter((row) =>
      isWindowOpen(
        { window: row, whereabouts: row, ring_timeout_seconds: input.ring_timeout_seconds },
        input.now,
      ),
    )
    .map(({ campaign_id, zone_set_id }) => ({ campaign_id, zone_set_id }));
}
