import { currentScript } from '../../campaigns/current-script.ts';
import { scriptFor } from '../../campaigns/script.ts';
import { sha256 } from '../../infra/crypto/hash.ts';
import type { FlowScript } from '../dialogue/flow.ts';
import type { CallPorts } from '../ports.ts';

type Ctx = Pick<CallPorts, 'db' | 'now'>;

export type OpenedConversation = {
  call_id: string;
  script: FlowScript;
  /** True when it was begun before and its socket was lost. */
  resumed: boolean;
};

/** Takes the token of a socket's first frame; null unless it was issued for this very call, just now, and never used. */
export async function openConversation(
  ctx: Ctx,
  input: { token: string | null; provider_call_id: string },
): Promise<OpenedConversation | null> {
  if (input.token === null) return null;
  const call = await ctx.db
    .updateTable('conversation as v')
    .from('call_attempt as a')
    .set({ token_hash: null, token_expires_at: null })
    .whereRef('a.id', '=', 'v.call_attempt_id')
    .where('v.token_hash', '=', sha256(input.token))
    .where('v.token_expires_at', '>', ctx.now())
    .where('a.provider_call_id', '=', input.provider_call_id)
    .where('a.ended_at', 'is', null)
    .returning(['a.call_id', 'a.campaign_id', 'a.script_version', 'a.language', 'v.state'])
    .executeTakeFirst();
  if (!call) return null;
  const { content } = await currentScript(ctx.db, call.campaign_id, call.script_version);
  return {
    call_id: call.call_id,
    script: scriptFor(content, call.language),
    resumed: call.state !== null,
  };
}
