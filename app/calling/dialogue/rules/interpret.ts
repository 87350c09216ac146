import type { Interpretation, Label, Listening, Utterance } from '../interpreter.ts';
import { ENGLISH } from './en.ts';
import { ITALIAN } from './it.ts';
import { normalise, readPhrases, words } from './normalise.ts';
import { readCallbackTime } from './read-callback-time.ts';
import { readNumber } from './read-number.ts';
import type { Vocabulary } from './vocabulary.ts';

type Reading = {
  text: string;
  tokens: string[];
  /** The same, sentence by sentence. */
  clauses: string[];
  asks: boolean;
  vocabulary: Vocabulary;
};

// In a free-text answer these words may be part of what is told, so they only count in a short utterance.
const SHORT = 8;
// Two minutes of talk. Beyond it only the beginning and the end are read, so that no flood of words holds up other calls.
const LONGEST = 2_000;
const YES_NO = /(?:^| )(?:yes|yeah|si) no(?: |$)/;

/**
 * Understands one utterance by rules, without a model: pure, the same words give the same label. Caution wins: what
 * says no, asks, defers or doubts is looked for first, and a yes is one only when nothing else is said with it.
 */
export function interpretByRules(utterance: Utterance): Interpretation {
  if (utterance.text.length <= LONGEST) return interpretWhole(utterance);
  const got = interpretWhole({ ...utterance, text: withoutMiddle(utterance.text) });
  // What was not read may have taken it back.
  return got.label === 'yes' || got.label === 'number' ? unclear(utterance.language) : got;
}

function withoutMiddle(text: string): string {
  return `${text.slice(0, LONGEST / 2)} ${text.slice(-LONGEST / 2)}`;
}

function interpretWhole(utterance: Utterance): Interpretation {
  const vocabulary = utterance.language === 'en' ? ENGLISH : ITALIAN;
  const text = normalise(utterance.text, utterance.language);
  const clauses = utterance.text.split(/[.,;:!?…]+/).map((clause) => normalise(clause, utterance.language));
  const reading = { text, tokens: words(text), clauses, asks: utterance.text.includes('?'), vocabulary };
  const label = firstLabel(reading, utterance);
  if (label === 'number') return readAsNumber(utterance, reading);
  const rule = `rules/${utterance.language}/${label}`;
  const confidence = label === 'unclear' ? 0 : 1;
  if (label !== 'callback') return { label, value: null, confidence, rule };
  return {
    label,
    value: null,
    confidence,
    rule,
    callback_at_minutes: readCallbackTime(text, utterance.language),
  };
}

function firstLabel(reading: Reading, { listening, first_speech }: Utterance): Label {
  const { text, vocabulary } = reading;
  if (text === '') return 'unclear';
  if (first_speech && vocabulary.voicemail.test(text)) return 'voicemail';
  if (isOptOut(reading, listening)) return 'opt_out';
  if (listening.context === 'consent') return consentLabel(reading);
  return questionLabel(reading, listening);
}

function isOptOut(reading: Reading, listening: Listening): boolean {
  const { text, clauses, vocabulary } = reading;
  const { opt_out, opt_out_demand, for_good, about_a_moment } = vocabulary;
  // Where people tell of others ("they never call me back"), only a demand that begins a sentence is one on us.
  const isFree = listening.context === 'question' && listening.type === 'free_text';
  const demands = isFree
    ? clauses.some((clause) => begins(clause, opt_out_demand, vocabulary))
    : opt_out_demand.test(text);
  if (!demands && !opt_out.test(text)) return false;
  return for_good.test(text) || !about_a_moment.test(text);
}

/** An opt-out's words about a moment only: "don't call me at work". */
function isAboutAMoment({ text, vocabulary }: Reading): boolean {
  const { opt_out, opt_out_demand, about_a_moment } = vocabulary;
  return (opt_out.test(text) || opt_out_demand.test(text)) && about_a_moment.test(text);
}

/** True when nothing but a lead-in stands before what the pattern finds. */
function begins(text: string, pattern: RegExp, vocabulary: Vocabulary): boolean {
  const led = vocabulary.lead_in.exec(text)?.[0].length ?? 0;
  return (pattern.exec(text)?.index ?? 1) === 0 || (pattern.exec(text.slice(led))?.index ?? 1) === 0;
}

const CONSENT_ORDER = ['wrong_person', 'minor', 'language_barrier'] as const;

function consentLabel(reading: Reading): Label {
  const { text, vocabulary } = reading;
  const person = CONSENT_ORDER.find((label) => vocabulary[label].test(text));
  if (person) return person;
  if (vocabulary.firm_no.test(text)) return 'no';
  if (isAboutAMoment(reading)) return 'callback';
  if (vocabulary.callback.test(text)) return saysNo(reading) && !defersAtLength(reading) ? 'no' : 'callback';
  const polite = (['bot', 'who'] as const).find((label) => vocabulary[label].test(text));
  if (polite) return polite;
  const meta = (['repeat', 'stop', 'goodbye', 'hold'] as const).find((label) => vocabulary[label].test(text));
  if (meta === 'goodbye' && saysNo(reading)) return 'no';
  if (
    meta &&
    !(meta === 'repeat' && vocabulary.dont_know.test(text) && !/repe|ripe|hear|sent|cap/.test(text))
  )
    return meta;
  if (vocabulary.dont_know.test(text) && !/^(?:no|nope|si|yes)\b(?! (?:idea|clue|opinion))/.test(text))
    return 'unclear';
  return yesOrNo(reading);
}

/** "No, not right now" is a no; "no, I'm driving, call me tomorrow" is a callback. */
function defersAtLength({ text }: Reading): boolean {
  return /call|ring|later|busy|driving|work|richiam|dopo|tardi|domani|occupat|guidando|lavor/.test(text);
}

function saysNo({ text }: Reading): boolean {
  return /^(?:um |uh |oh |well |eh |mh )*no\b/.test(text);
}

function yesOrNo(reading: Reading): Label {
  const { text, vocabulary, asks } = reading;
  const agreeing = text.replace(new RegExp(vocabulary.agreeing_negatives, 'g'), ' ');
  const hasNo = vocabulary.no.test(agreeing);
  const hasYes = vocabulary.some_yes.test(text);
  // "Yes, no, right" in one breath, or "maybe yes, maybe no", decides nothing.
  const isTorn = hasYes && (vocabulary.doubt.test(text) || YES_NO.test(text));
  if (hasNo && hasYes) return !isTorn && refusalComesLast(agreeing, vocabulary) ? 'no' : 'unclear';
  if (hasNo) return asks ? 'unclear' : 'no';
  return !asks && isPlainYes(reading) ? 'yes' : 'unclear';
}

function refusalComesLast(text: string, vocabulary: Vocabulary): boolean {
  const last = (pattern: RegExp) => {
    let at = -1;
    for (const match of text.matchAll(new RegExp(pattern, 'g'))) at = match.index;
    return at;
  };
  return last(vocabulary.no) > last(vocabulary.some_yes);
}

/** Every word is a yes or says nothing: an unknown word makes it unclear, which is why this rule can be trusted. */
function isPlainYes({ text, tokens, vocabulary }: Reading): boolean {
  if (vocabulary.no_plain_yes.test(text)) return false;
  const { meant, rest } = readPhrases(tokens, vocabulary.yes, vocabulary.filler);
  return meant > 0 && rest.length === 0;
}

const IN_QUESTIONS = [
  'language_barrier',
  'wrong_person',
  'minor',
  'refuse_item',
  'repeat',
  'bot',
  'who',
  'dont_know',
  'hold',
  'goodbye',
  'stop',
  'callback',
] as const;

function questionLabel(reading: Reading, listening: Extract<Listening, { context: 'question' }>): Label {
  const { text, vocabulary, asks } = reading;
  const isFree = listening.type === 'free_text';
  const isShort = reading.tokens.length <= SHORT;
  const tellsUs = !isFree || begins(text, vocabulary.opt_out_demand, vocabulary);
  if (isAboutAMoment(reading) && isShort && tellsUs) return 'callback';
  const patterns = { ...vocabulary, ...vocabulary.in_answers };
  const hasDigits = !isFree && /\d/.test(text) && !asks;
  const due = hasDigits ? (['goodbye', 'stop', 'callback'] as const) : IN_QUESTIONS;
  const label = due.find((one) =>
    isFree ? isShort && begins(text, patterns[one], vocabulary) : patterns[one].test(text),
  );
  return label ?? (isFree ? 'answer' : 'number');
}

function readAsNumber(utterance: Utterance, { text, tokens, vocabulary }: Reading): Interpretation {
  const { language, listening } = utterance;
  if (listening.context !== 'question') return unclear(language);
  const value = readNumber(utterance.text, language, listening);
  if (value !== null) return { label: 'number', value, confidence: 1, rule: `rules/${language}/number` };
  const saysNone = listening.type === 'numeric' && tokens.length <= 4 && vocabulary.none.test(text);
  return saysNone
    ? { label: 'number', value: 0, confidence: 0.9, rule: `rules/${language}/none` }
    : unclear(language);
}

function unclear(language: 'en' | 'it'): Interpretation {
  return { label: 'unclear', value: null, confidence: 0, rule: `rules/${language}/unclear` };
}
