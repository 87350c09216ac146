import type { Topic } from '../infra/db/tables.ts';
import type { ScriptContent } from './script.ts';

type Sensitive = Exclude<Topic, 'general' | 'other_sensitive'>;

// Beginnings of words, in English and Italian together: a text is not always in the language it is entered as.
const WORDS: Record<Sensitive, RegExp> = {
  health:
    /\b(health|illness|disease|diagnos|medic(al|ine|ation)|doctor|hospital|therap|symptom|depress|pregnan|disab|vaccin|cancer|salute|malatti|medic[oi]\b|farmac|ospedal|terapi|sintom|gravid|disabil|vaccin|tumor)/,
  politics:
    /\b(politic|elections?\b|vote[drs]?\b|voting|part(y|ies) (you|do you)|government|parliament|president of|referendum|left-wing|right-wing|elezion|votare|voto\b|partit[oi]\b|governo|parlament|sindaco)/,
  religion:
    /\b(religio|faith|church|mosque|synagogue|pray|god\b|christian|muslim|jewish|catholic|chiesa|moschea|sinagoga|pregh|fede\b|dio\b|cristian|musulman|ebre[oi]|cattolic)/,
  finance:
    /\b(income|salary|wages?\b|debts?\b|loan|mortgage|savings?\b|bank account|credit card|bankrupt|reddit[oi]|stipendi|debit[oi]|prestit|mutuo|risparmi|conto corrente|carta di credito|falliment)/,
};

/** The sensitive topic whose words the texts use; null where none. A proposal: whoever writes the script decides. */
export function proposeTopic(content: ScriptContent): Sensitive | null {
  const text = Object.values(content)
    .flatMap((one) => (one ? [one.intro_script, ...one.questions.map((question) => question.text)] : []))
    .join(' ')
    .toLowerCase();
  const found = (Object.keys(WORDS) as Sensitive[]).find((topic) => WORDS[topic].test(text));
  return found ?? null;
}
