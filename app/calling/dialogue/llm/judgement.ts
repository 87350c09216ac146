import { z } from 'zod';
import { LABELS, type Label, type Utterance } from '../interpreter.ts';
import { interpretByRules } from '../rules/interpret.ts';
import { normalise } from '../rules/normalise.ts';

/** What a model may answer: a label of the closed set, and where in the utterance it read it. */
export const judgementSchema = z.object({
  label: z.enum(LABELS),
  value: z.number().nullable(),
  quote: z.string(),
  confidence: z.number(),
});
export type RawJudgement = z.infer<typeof judgementSchema>;

export type Judgement = { label: Label; value: number | null; quote: string; confidence: number };

const ANYWHERE: readonly Label[] = [
  'stop',
  'opt_out',
  'callback',
  'wrong_person',
  'minor',
  'language_barrier',
  'who',
  'bot',
  'repeat',
  'hold',
  'goodbye',
  'unclear',
];

/**
 * A model's answer as far as it can be believed, else null: the label must be one that is possible here, the quote must
 * stand in what was said, and a number is the one that our own parser reads in the quote.
 */
export function checkJudgement(raw: RawJudgement, utterance: Utterance): Judgement | null {
  const { label } = raw;
  if (!isPossible(label, utterance)) return null;
  const quote = normalise(raw.quote, utterance.language);
  if (label !== 'unclear' && !isQuoted(quote, normalise(utterance.text, utterance.language))) return null;
  const confidence = Math.min(1, Math.max(0, raw.confidence));
  if (label !== 'number') return { label, value: null, quote, confidence };
  const read = interpretByRules({ ...utterance, text: raw.quote, first_speech: false });
  const isSame = read.label === 'number' && read.value === raw.value;
  return isSame ? { label, value: read.value, quote, confidence } : null;
}

function isPossible(label: Label, { listening, first_speech }: Utterance): boolean {
  if (ANYWHERE.includes(label)) return true;
  if (listening.context === 'consent') {
    return label === 'yes' || label === 'no' || (label === 'voicemail' && first_speech);
  }
  if (label === 'dont_know' || label === 'refuse_item') return true;
  return label === (listening.type === 'free_text' ? 'answer' : 'number');
}

function isQuoted(quote: string, said: string): boolean {
  return quote !== '' && ` ${said} `.includes(` ${quote} `);
}
