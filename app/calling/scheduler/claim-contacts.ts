import { sql } from 'kysely';
import type { Db } from '../../infra/db/database.ts';
import type { DayPart } from './eligibility.ts';

/** How long a claim may take to be dialled before another process does it. */
export const LEASE_SECONDS = 30;

/** A campaign and a zone set that may be called now, and what part of the day it is there; the first are served first. */
export type OpenZoneSet = { campaign_id: string; zone_set_id: number; part: DayPart };

export type Claim = {
  now: Date;
  max_concurrent_calls: number;
  calls_per_second: number;
  provider_name: string;
  /** At most so many. */
  want: number;
  /** The pairs whose window is open now; nobody outside them is claimed. */
  open: readonly OpenZoneSet[];
};

/**
 * Takes the next due contacts and opens an attempt for each, in one round trip; answers their call ids. Holds
 * `max_concurrent_calls` and `calls_per_second` however many processes claim at once. First come those who asked for this
 * time, then retries whose last attempt was in another part of the day, then fresh contacts, then the other retries: so
 * retries spread over the day, and no line idles.
 */
export async function claimContacts(db: Db, claim: Claim): Promise<string[]> {
  const campaigns = claim.open.map(({ campaign_id }) => campaign_id);
  const zoneSets = claim.open.map(({ zone_set_id }) => zone_set_id);
  const parts = claim.open.map(({ part }) => part);
  const { rows } = await sql<{ call_id: string }>`
    select call_id from claim_contacts(${claim.now}, ${claim.max_concurrent_calls}, ${claim.calls_per_second},
      ${claim.want}, ${claim.provider_name}, ${LEASE_SECONDS}, ${campaigns}::uuid[], ${zoneSets}::int[], ${parts}::smallint[])
      as call_id`.execute(db);
  return rows.map(({ call_id }) => call_id);
}

/** Takes over attempts that hold a line but were not dialled: lapsed leases and those whose back-off is over. */
export async function claimRedials(
  db: Db,
  input: { now: Date; calls_per_second: number; want: number },
): Promise<string[]> {
  const { rows } = await sql<{ call_id: string }>`
    select call_id from claim_redials(${input.now}, ${input.calls_per_second}, ${input.want}, ${LEASE_SECONDS})
      as call_id`.execute(db);
  return rows.map(({ call_id }) => call_id);
}
