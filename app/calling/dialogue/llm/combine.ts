import type { Interpretation, Label, Utterance } from '../interpreter.ts';
import { normalise, words } from '../rules/normalise.ts';
import { readCallbackTime } from '../rules/read-callback-time.ts';
import type { Judgement } from './judgement.ts';

// Longer than any wish to stop, to wait or to be told again: what is longer is an answer.
const SHORT = 12;

/** True where a second opinion can change anything: a yes that may need a question back, and what the rules left open. */
export function isWorthAsking(rules: Interpretation, utterance: Utterance): boolean {
  const said = words(normalise(utterance.text, utterance.language)).length;
  if (said === 0) return false;
  if (rules.label === 'answer') return said <= SHORT;
  return rules.label === 'unclear' || (rules.label === 'yes' && utterance.listening.context === 'consent');
}

/**
 * Rules and model together; caution wins. A model may make a yes doubtful or a no of it, and may understand what the
 * rules did not; it never grants a consent, and of an opt-out the rules must find a trace as well.
 */
export function combine(
  rules: Interpretation,
  judgement: Judgement | null,
  utterance: Utterance,
  model: string,
): Interpretation {
  if (judgement === null || !isWorthAsking(rules, utterance)) return rules;
  const label = cautious(rules.label, judgement, utterance);
  if (label === rules.label) return rules;
  if (label === 'doubtful') return { ...rules, needs_confirmation: true };
  const text = normalise(utterance.text, utterance.language);
  return {
    label,
    value: judgement.value,
    confidence: judgement.confidence,
    rule: `${rules.rule}+${model}/${judgement.label}`,
    ...(label === 'callback' ? { callback_at_minutes: readCallbackTime(text, utterance.language) } : {}),
  };
}

function cautious(rules: Label, judgement: Judgement, utterance: Utterance): Label | 'doubtful' {
  const { label } = judgement;
  if (label === 'opt_out') return hasOptOutTrace(judgement.quote, utterance.language) ? 'opt_out' : 'stop';
  if (rules === 'yes') {
    if (label === 'yes') return 'yes';
    return label === 'no' || label === 'stop' || label === 'goodbye' ? label : 'doubtful';
  }
  // The flow asks what is unclear once more, in so many words: that is the confirmation a model's yes can bring about.
  if (label === 'yes') return 'unclear';
  if (rules === 'answer') return isAboutAllOfIt(judgement.quote, utterance) ? label : 'answer';
  return label;
}

/** "We should stop the queues" holds a "stop", but is not about us. */
function isAboutAllOfIt(quote: string, { text, language }: Utterance): boolean {
  return words(quote).length * 2 > words(normalise(text, language)).length;
}

// Words without which nobody asks never to be called again.
const TRACES = {
  en: /\b(?:calls?|calling|called|ring|ringing|phone|phoning|contact|contacting|number|list|bother|bothering|disturb|harass|remove|delete|unsubscribe|alone)\b/,
  it: /\b(?:chiam\w*|telefon\w*|contatt\w*|disturb\w*|numero|lista|elenco|elenchi|cancell\w*|rimuov\w*|toglie\w*|pace|dati|opposizioni)\b/,
};
const NEVER = {
  en: /\b(?:never|not|dont|no|stop|quit|remove|delete|take|off|leave|unsubscribe|again|anymore)\b/,
  it: /\b(?:non|mai|piu|basta|smett\w*|piant\w*|cancell\w*|rimuov\w*|toglie\w*|lasci\w*|opposizioni)\b/,
};

function hasOptOutTrace(quote: string, language: 'en' | 'it'): boolean {
  return TRACES[language].test(quote) && NEVER[language].test(quote);
}
