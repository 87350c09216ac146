import type { Api } from './api.ts';
import { CAMPAIGNS, MAX_ATTEMPTS, RETRY_INTERVAL_MINUTES } from './campaigns.ts';
import { readRings } from './carrier-log.ts';
import type { Evidence } from './checks.ts';
import {
  addUp,
  downloadExports,
  excludedNumbers,
  type Stats,
  type TourCampaign,
  unknownDials,
} from './tour.ts';
import { watchMailbox } from './watch.ts';

export type Outside = { carrier: string; mailbox: string };

/** Gathers what the network, the mail server and the product's own exports say of a finished tour. */
export async function gatherEvidence(
  { manager, admin }: { manager: Api; admin: Api },
  outside: Outside,
  campaigns: TourCampaign[],
  stats: Stats[],
  lines: number,
): Promise<{ evidence: Evidence; csv: string }> {
  const { csv, rows } = await downloadExports(manager, campaigns);
  const people = campaigns.flatMap((campaign) => campaign.file.people);
  const outcomes = new Map(rows.map((row) => [row.phone_number, row.outcome]));
  const due = people.filter((one) => one.email && outcomes.get(one.phone_number) !== 'excluded').length;
  const { recipients, emails_unknown } = await watchMailbox(admin, outside.mailbox, due);
  const log = await (await fetch(new URL('/log', outside.carrier))).text();
  const rings = readRings(log);
  const totals = addUp(stats);
  // Contact by contact, so only where it matters.
  const dials_unknown = totals.attempts_total === rings.length ? 0 : await unknownDials(manager, campaigns);
  const evidence: Evidence = {
    rings,
    recipients,
    emails_unknown,
    people,
    scripts: Object.values(CAMPAIGNS).map((campaign) => ({
      intro: campaign.intro_script,
      questions: [campaign.question_1_text, campaign.question_2_text, campaign.question_3_text],
    })),
    rules: {
      max_attempts: MAX_ATTEMPTS,
      retry_interval_minutes: RETRY_INTERVAL_MINUTES,
      max_concurrent_calls: lines,
    },
    imports: campaigns.map(({ file, report }) => ({ file, report })),
    claimed: {
      ...totals,
      dials_unknown,
      export_rows: rows,
      excluded_numbers: await excludedNumbers(manager),
    },
  };
  return { evidence, csv };
}
