import { LiveConversation } from './conversation/live-conversation.ts';
import { openConversation } from './conversation/open-conversation.ts';
import type { CallPorts } from './ports.ts';
import type { TelephonyProvider } from './telephony/provider.ts';

export type ConverseCtx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash' | 'interpreter'>;

/** The wire as the conversation sees it. */
export type Line = { send(frame: string): void; close(code: number, reason: string): void };

/** What the edge passes on: every text frame in order, and that the socket is closed. */
export type Ear = { receive(frame: string): void; closed(): void };

const SETUP_MS = 10_000;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;

/**
 * Holds one call's conversation over one socket. The first frame must bring the token of a live call, else the socket
 * is closed with 1008. The state is stored at every step: a lost socket loses nothing but time.
 */
export function converse(ctx: ConverseCtx, provider: TelephonyProvider, line: Line): Ear {
  let conversation: LiveConversation | null = null;
  let isClosed = false;
  let opening = false;
  const refuse = () => line.close(POLICY_VIOLATION, 'token required');
  const setup = setTimeout(refuse, SETUP_MS);
  // Frames that come while the token is being checked wait for the answer.
  const waiting: string[] = [];

  async function open(frame: string): Promise<void> {
    const heard = provider.conversation.parse(frame);
    const opened = heard.type === 'setup' ? await openConversation(ctx, heard) : null;
    if (isClosed) return;
    if (opened === null || heard.type !== 'setup') return refuse();
    // The introduction takes longer than this.
    ctx.interpreter.prepare?.().catch(() => {});
    const live = new LiveConversation(ctx, provider, line, { ...opened, ...heard });
    conversation = live;
    live.start(opened);
    for (const early of waiting) live.receive(early);
  }

  return {
    receive(frame) {
      if (conversation) return conversation.receive(frame);
      if (opening) {
        waiting.push(frame);
        return;
      }
      opening = true;
      clearTimeout(setup);
      open(frame).catch((error: unknown) => {
        ctx.log.error({ err: error }, 'a conversation could not be opened');
        line.close(INTERNAL_ERROR, 'not available');
      });
    },
    closed() {
      isClosed = true;
      clearTimeout(setup);
      conversation?.stop();
    },
  };
}
