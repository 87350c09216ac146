import { AppError } from '../../errors.ts';
import type { Db } from '../../infra/db/database.ts';
import type { Language } from '../../infra/db/tables.ts';
import { campaignFigures } from '../campaign-figures.ts';
import { findCampaign } from '../find-campaign.ts';
import { scriptContent, type Wording } from '../script.ts';
import { readinessFacts } from './readiness-facts.ts';
import { readinessFindings } from './readiness-findings.ts';
import { type CheckCode, MESSAGES } from './readiness-messages.ts';

export type Check = {
  code: CheckCode;
  ok: boolean;
  level: 'error' | 'warning';
  message: string;
  /** The field that puts it right: of the campaign, `contacts`, or of the settings (`telephony.provider_name`). */
  field: string;
};
export type Readiness = { ready: boolean; checks: Check[] };

/** The activation checklist, in the asker's language; only failed errors make `ready` false. 404 without campaign. */
export async function campaignReadiness(
  db: Db,
  input: { campaign_id: string; language: Language; now: Date },
): Promise<Readiness> {
  const campaign = await findCampaign(db, input.campaign_id);
  const { approval } = await campaignFigures(db, campaign);
  const languages = Object.keys(scriptContent(campaign as Wording)) as Language[];
  const facts = await readinessFacts(db, campaign, languages);
  const checks = readinessFindings({ ...campaign, approval }, facts, input.now).map(
    ({ code, ok, level = 'error' as const, field, count = 0, spoken }) => ({
      code,
      ok,
      level,
      field,
      message: `${spoken ? `(${spoken}) ` : ''}${MESSAGES[code][input.language].replace('{n}', String(count))}`,
    }),
  );
  return { ready: checks.every((check) => check.ok || check.level === 'warning'), checks };
}

/** Throws 409 `campaign.not_ready` with all checks unless the campaign may be activated. */
export function assertReady(readiness: Readiness): void {
  if (readiness.ready) return;
  throw new AppError('campaign.not_ready', 'This campaign is not ready: see the failed checks.', {
    extra: { checks: readiness.checks },
  });
}
