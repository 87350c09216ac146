import { setTimeout as delay } from 'node:timers/promises';
import type { CallPorts } from '../ports.ts';
import { type Advance, advanceConversation } from './advance-conversation.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash'>;

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
// Far longer than a database is ever away; then somebody must look, and the log has the call.
const TRIES = 200;

/**
 * Stores a wish that was obeyed while the database was away: a refusal, and above all "never call me again", which is
 * written even when the call is settled by then. Goes on until it is done.
 */
export async function storeLater(ctx: Ctx, input: Advance): Promise<void> {
  const { call_id } = input;
  let pauseMs = FIRST_PAUSE_MS;
  for (let tries = 0; tries < TRIES; tries += 1) {
    await delay(pauseMs, undefined, { ref: false });
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    try {
      await advanceConversation(ctx, input);
      ctx.log.info({ call_id }, 'what a respondent wanted is stored after all');
      return;
    } catch (error) {
      ctx.log.warn({ err: error, call_id, alert: true }, 'what a respondent wanted is not stored yet');
    }
  }
  ctx.log.error({ call_id, alert: true }, 'what a respondent wanted could not be stored');
}
