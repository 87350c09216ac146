import { z } from 'zod';

/** Who may cut a message off, as an attribute or in a frame; booleans are the older spelling. */
const interruptible = z.union([z.boolean(), z.enum(['none', 'dtmf', 'speech', 'any'])]);

const playback = {
  interruptible: interruptible.optional(),
  preemptible: z.boolean().optional(),
};

/** The frames an application may send (twilio.com/docs/voice/conversationrelay/websocket-messages). */
const frameFromApplication = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('text'),
    token: z.string(),
    last: z.boolean().default(false),
    lang: z.string().optional(),
    ...playback,
  }),
  z.object({
    type: z.literal('play'),
    source: z.url(),
    loop: z.number().int().min(0).default(1),
    ...playback,
  }),
  z.object({ type: z.literal('sendDigits'), digits: z.string().regex(/^[0-9w#*]+$/) }),
  z
    .object({
      type: z.literal('language'),
      ttsLanguage: z.string().optional(),
      transcriptionLanguage: z.string().optional(),
    })
    .refine((frame) => frame.ttsLanguage !== undefined || frame.transcriptionLanguage !== undefined),
  z.object({ type: z.literal('end'), handoffData: z.string().optional() }),
]);

export type FrameFromApplication = z.infer<typeof frameFromApplication>;

/** The frames the network sends. */
export type FrameToApplication =
  | {
      type: 'setup';
      sessionId: string;
      accountSid: string;
      callSid: string;
      parentCallSid: string;
      from: string;
      to: string;
      forwardedFrom: string;
      callerName: string;
      direction: string;
      callType: string;
      callStatus: string;
      customParameters: Readonly<Record<string, string>>;
    }
  | { type: 'prompt'; voicePrompt: string; lang: string; last: boolean }
  | { type: 'interrupt'; utteranceUntilInterrupt: string; durationUntilInterruptMs: number }
  | { type: 'dtmf'; digit: string }
  | { type: 'info'; name: 'agentSpeaking' | 'clientSpeaking' | 'tokensPlayed'; value: string }
  | { type: 'error'; description: string };

/** Reads one frame; null for what is not a frame at all, or not a known one. */
export function readFrame(raw: string): FrameFromApplication | null {
  try {
    return frameFromApplication.parse(JSON.parse(raw));
  } catch {
    return null;
  }
}

/** Whether speech may cut off a message, given the attribute's value where the frame has none. */
export function speechMayInterrupt(
  value: string | boolean | undefined,
  attribute: string | undefined,
): boolean {
  const effective = String(value ?? attribute ?? 'any');
  return effective === 'true' || effective === 'any' || effective === 'speech';
}
