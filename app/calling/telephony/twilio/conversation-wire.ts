import type { ConversationWire, RespondentFrame } from '../provider.ts';

type Frame = Record<string, unknown>;

/** ConversationRelay's frames. Tolerant: what is unknown or malformed is ignored, a call never dies of it. */
export const conversationWire: ConversationWire = {
  parse(text) {
    const frame = readObject(text);
    const read = frame && typeof frame.type === 'string' ? READERS[frame.type] : undefined;
    return frame && read ? read(frame) : { type: 'ignored' };
  },
  // One message is one talk cycle: `last` closes it.
  say: (text, { interruptible }) => [
    JSON.stringify({ type: 'text', token: text, last: true, interruptible, preemptible: false }),
  ],
  end: (reason) => JSON.stringify({ type: 'end', handoffData: JSON.stringify({ reason }) }),
};

const READERS: Record<string, (frame: Frame) => RespondentFrame> = {
  setup: (frame) => ({
    type: 'setup',
    provider_call_id: textOf(frame.callSid),
    token: tokenOf(frame.customParameters),
  }),
  prompt: (frame) => ({
    type: 'heard',
    text: textOf(frame.voicePrompt),
    is_final: frame.last !== false && frame.last !== 'false',
  }),
  interrupt: (frame) => ({ type: 'interrupted', heard: textOf(frame.utteranceUntilInterrupt) }),
  dtmf: (frame) => ({ type: 'key', digit: textOf(frame.digit) }),
  info: readInfo,
  error: (frame) => ({ type: 'fault', detail: textOf(frame.description).slice(0, 200) }),
};

function readInfo(frame: Frame): RespondentFrame {
  const value = textOf(frame.value);
  if (frame.name === 'tokensPlayed') return { type: 'played', text: value };
  if (frame.name === 'agentSpeaking') return { type: 'agent_speaking', on: value === 'on' };
  if (frame.name === 'clientSpeaking') return { type: 'respondent_speaking', on: value === 'on' };
  return { type: 'ignored' };
}

function readObject(text: string): Frame | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Frame) : null;
  } catch {
    return null;
  }
}

function tokenOf(parameters: unknown): string | null {
  const token = (parameters as Frame | null | undefined)?.token;
  return typeof token === 'string' && token !== '' ? token : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
