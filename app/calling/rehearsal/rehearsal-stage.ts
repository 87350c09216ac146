import type { Campaign } from '../../campaigns/campaign.ts';
import { campaignFigures } from '../../campaigns/campaign-figures.ts';
import { currentScript } from '../../campaigns/current-script.ts';
import { findCampaign } from '../../campaigns/find-campaign.ts';
import { scriptFor } from '../../campaigns/script.ts';
import { AppError } from '../../errors.ts';
import type { Language } from '../../infra/db/tables.ts';
import type { FlowScript } from '../dialogue/flow.ts';
import type { CallPorts } from '../ports.ts';

export type RehearsalCtx = Pick<CallPorts, 'db' | 'now' | 'interpreter'>;

/** What is played and by whose understanding: the stamp of a rehearsal and of a trial run. */
export type Stage = {
  campaign_id: string;
  script_version: number;
  language: Language;
  is_draft: boolean;
  interpreter: string;
};

/** The wording that a call would speak now; without a language the campaign's own. 404; 422 where it has no such texts. */
export async function setStage(
  ctx: RehearsalCtx,
  input: { campaign_id: string; language: Language | undefined },
): Promise<{ stage: Stage; script: FlowScript }> {
  const campaign = await findCampaign(ctx.db, input.campaign_id);
  const { language = campaign.language } = input;
  const { version, content } = await currentScript(ctx.db, campaign.id, campaign.script_version);
  if (!content[language]) throw noTexts();
  // Which interpreter it is becomes known with the settings.
  await ctx.interpreter.prepare?.().catch(() => {});
  return {
    stage: {
      campaign_id: campaign.id,
      script_version: version,
      language,
      is_draft: await isDraft(ctx, campaign),
      interpreter: ctx.interpreter.name,
    },
    script: scriptFor(content, language),
  };
}

/** Wording is fixed by the launch, or by the approval of a sensitive topic. */
async function isDraft({ db }: RehearsalCtx, campaign: Campaign): Promise<boolean> {
  return campaign.status === 'draft' && (await campaignFigures(db, campaign)).approval === null;
}

function noTexts(): AppError {
  return new AppError('request.invalid', 'Some fields are not valid.', {
    errors: [{ field: 'language', message: 'The campaign has no texts in this language.' }],
  });
}
