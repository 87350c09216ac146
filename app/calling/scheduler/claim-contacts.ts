import { sql } from 'kysely';
import type { Db } from '../../infra/db/database.ts';

/** How long a claim may take to be dialled before another process does it. */
export const LEASE_SECONDS = 30;

export type Claim = {
  now: Date;
  max_concurrent_calls: number;
  calls_per_second: number;
  provider_name: string;
  /** At most so many. */
  want: number;
  /** The pairs whose window is open now; nobody outside them is claimed. */
  open: readonly { campaign_id: string; zone_set_id: number }[];
};

/**
 * Takes the next due contacts and opens an attempt for each, in one round trip; answers their call ids. Holds
 * `max_concurrent_calls` and `calls_per_second` however many processes claim at once.
 */
export async function claimContacts(db: Db, claim: Claim): Promise<string[]> {
  const campaigns = claim.open.map(({ campaign_id }) => campaign_id);
  const zoneSets = claim.open.map(({ zone_set_id }) => zone_set_id);
  const { rows } = await sql<{ call_id: string }>`
    select call_id from claim_contacts(${claim.now}, ${claim.max_concurrent_calls}, ${claim.calls_per_second},
      ${claim.want}, ${claim.provider_name}, ${LEASE_SECONDS}, ${campaigns}::uuid[], ${zoneSets}::int[])
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
