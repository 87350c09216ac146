import { setTimeout as delay } from 'node:timers/promises';
import type { FlowState, Step } from '../dialogue/flow.ts';
import type { CallPorts } from '../ports.ts';
import { type Advance, type Advanced, advanceConversation } from './advance-conversation.ts';
import { advanceUnstored } from './advance-unstored.ts';
import { storeLater } from './store-later.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash'>;

/** One step to be performed; `stored` is null when it ends the call and could not be stored in time. */
export type Taken = Step & { stored: Advanced | null };

// A connection that broke is tried again at once; the opening is not: it comes back with another socket.
const RETRY_AFTER_MS = [100, 1_000];
// So long a goodbye waits for its storage: the call must be over within ten seconds of the refusal.
const CLOSING_WAIT_MS = 2_500;

/**
 * Takes one step and stores it before it may be spoken; null when the call is settled. Whatever fails, a no ends the
 * call: a step that only ends it is taken in any case, and stored as soon as that can be done. Throws for any other.
 */
export async function takeStep(ctx: Ctx, input: Advance, state: FlowState | null): Promise<Taken | null> {
  const closing = state && advanceUnstored(state, input.event);
  const storing = store(ctx, input);
  if (!closing) return taken(await storing);
  try {
    return taken(await Promise.race([storing, tooLate()]));
  } catch (error) {
    ctx.log.error({ err: error, call_id: input.call_id }, 'the end of a conversation could not be stored');
    storing.catch(() => storeLater(ctx, input));
    return { ...closing, stored: null };
  }
}

function taken(stored: Advanced | null): Taken | null {
  return stored && { state: stored.state, actions: stored.actions, stored };
}

async function store(ctx: Ctx, input: Advance): Promise<Advanced | null> {
  for (const pauseMs of input.event.type === 'heard' ? RETRY_AFTER_MS : []) {
    try {
      return await advanceConversation(ctx, input);
    } catch {
      await delay(pauseMs);
    }
  }
  return advanceConversation(ctx, input);
}

async function tooLate(): Promise<never> {
  await delay(CLOSING_WAIT_MS, undefined, { ref: false });
  throw new Error('not stored in time');
}
