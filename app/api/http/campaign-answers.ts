import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../auth/user.ts';
import type { Campaign } from '../../campaigns/campaign.ts';
import { campaignAnswer } from '../../campaigns/campaign-answer.ts';
import { campaignFigures } from '../../campaigns/campaign-figures.ts';
import type { Context } from '../../context.ts';
import type { Language } from '../../infra/db/tables.ts';

/** The revision that a client saw; `*` and no header mean any. */
export function ifMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match']?.trim();
  if (header === undefined || header === '' || header === '*') return undefined;
  const revision = Number(/^(?:W\/)?"(\d+)"$/.exec(header)?.[1]);
  // What is no tag of ours matches nothing: revisions begin at 1.
  return Number.isNaN(revision) ? 0 : revision;
}

type Asked = {
  ctx: Pick<Context, 'db'>;
  actor: Pick<Actor, 'role'>;
  language: Language;
  reply: FastifyReply;
};

/** One campaign as it is sent; its ETag is what If-Match takes. */
export async function answer({ ctx, actor, language, reply }: Asked, campaign: Campaign) {
  const figures = await campaignFigures(ctx.db, campaign);
  reply.header('etag', `"${campaign.revision}"`);
  return campaignAnswer({ ...campaign, ...figures }, { role: actor.role, language });
}
