import { sql } from 'kysely';
import { enforcedProfile } from '../../campaigns/jurisdictions/jurisdiction.ts';
import { loadJurisdictions } from '../../campaigns/jurisdictions/load-jurisdictions.ts';
import type { Db } from '../../infra/db/database.ts';
import type { OpenZoneSet } from './claim-contacts.ts';
import { type CallWindow, dayPart, isWindowOpen, minutesToClosing, type Whereabouts } from './eligibility.ts';

type Row = CallWindow & Whereabouts & { campaign_id: string; zone_set_id: number };

/**
 * The (campaign, zone set) pairs that have contacts to call and may be called now, of all running campaigns; first those
 * whose window closes first.
 */
export async function openZoneSets(
  db: Db,
  input: { ring_timeout_seconds: number; now: Date },
): Promise<OpenZoneSet[]> {
  const { rows } = await sql<Row>`
    select c.id as campaign_id, z.id as zone_set_id, z.country, z.time_zones, c.time_zone,
      c.allowed_call_start_local, c.allowed_call_end_local, c.allowed_weekdays, c.call_on_public_holidays
    from campaign c cross join lateral callable_zone_sets(c.id) as waiting(zone_set_id)
    join zone_set z on z.id = waiting.zone_set_id
    where c.status = 'running' and c.deleted_at is null`.execute(db);
  const { ring_timeout_seconds, now } = input;
  const profiles = await loadJurisdictions(db);
  const open = rows.flatMap((row) => {
    const law = enforcedProfile(profiles, row.country);
    const question = { window: row, whereabouts: row, ring_timeout_seconds, law };
    if (!isWindowOpen(question, now)) return [];
    const { campaign_id, zone_set_id } = row;
    const pair = { campaign_id, zone_set_id, part: dayPart(question, now) };
    return [{ pair, minutes: minutesToClosing(question, now) }];
  });
  return open.sort((a, b) => a.minutes - b.minutes).map(({ pair }) => pair);
}
