import type { Language } from '../../infra/db/tables.ts';

/** What an introduction must say before anybody can agree to anything; each is found by its own words. */
export type IntroElement = 'ai_statement' | 'purpose' | 'duration' | 'how_to_stop';

/** How one element is said; `denied` stands right before it where the sentence says the contrary. */
export type ElementRule = { said: RegExp; denied?: RegExp };

type IntroRules = Record<IntroElement, ElementRule> & {
  /** Words that tell a purpose even inside the consent question; "survey" alone is only its name there. */
  purpose_in_question: RegExp;
  /** A trailing "say yes or no" belongs to the question before it. */
  answer_hint: RegExp;
  /** How a question begins that cannot be answered with yes or no. */
  open_question: RegExp;
  /** Agreeing to the survey, not to anything else. */
  consent: RegExp;
  /** A question whose yes means no. */
  inverted: RegExp;
};

const words = (...list: string[]) => list.join('|');

const NUMBER_EN = words(
  String.raw`\d+`,
  'an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety',
  '(a )?few|several|couple( of)?|half( an?)?|quarter of an|and a half',
);
const NUMBER_IT = words(
  String.raw`\d+`,
  "un|un'|uno|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|dodici|quindici|venti|trenta|quaranta|sessanta|novanta",
  "poch[ie]|pochissimi|alcuni|qualche|paio di|mezzo|mezz'|quarto d'",
);
// No \b after accented letters: to a regular expression without the u flag they are no part of a word.
const STOP_IT = words(
  'interromp',
  'riagganc',
  'riattacc',
  'smettere',
  'fermar',
  'ritirar',
  'rinunciare',
  'abbandonare',
  'stop( |[,.;:!])',
  '(può|potrà|puoi) (sempre )?(terminare|chiudere|concludere|uscire)',
  '(terminare|chiudere|concludere) (la|questa) (chiamata|telefonata|conversazione|intervista)',
  'non (essere|venire) (più )?(ri)?(chiamat|contattat)',
  'non (voler )?(ricevere|essere) (più|altre)',
);
// "Of" and "with" may go with anything: "a survey of two minutes", "questions with short answers".
const TOPIC_EN = 'about|on|regarding|concerning';
const SURVEY_EN = 'survey|questionnaire|research|study|poll|interview';
const SURVEY_IT = 'sondaggio|questionario|ricerca|indagine|studio|intervista|rilevazione';
const ABOUT_IT = `su|sul|sullo|sulla|sui|sugli|sulle|sull'|riguardo|riguardanti|circa|a proposito di|relative`;

const EN: IntroRules = {
  ai_statement: {
    said: /\b(ai|artificial intelligence|(automated|virtual|digital|automatic|computer|robotic) (voice )?(assistant|agent|interviewer)|voice assistant|robot|bot|chatbot)\b/,
    denied:
      /\b(not|isn't|aren't|never|no|without|nor)( (?!but\b|rather\b|i\b|i'm\b|this\b|it\b|we\b)[a-z']+){0,4} $/,
  },
  purpose: {
    said: new RegExp(
      String.raw`\b(${SURVEY_EN}|feedback|opinions?|views|thoughts|impressions|rate|evaluate|satisfaction|satisfied|experience|purpose|reason for (this|our|the|my) call)\b|` +
        String.raw`\bquestions? (${TOPIC_EN})\b|\b(find out|learn|know|understand|hear) (more )?(how|what|whether|why|about)\b|\bask(ing)? [^.!?]{0,40}\b(about|regarding|concerning)\b|` +
        String.raw`\b(calling|call you|call is|calling you) (about|regarding|concerning)\b|\bto improve\b`,
    ),
  },
  purpose_in_question: new RegExp(
    String.raw`\b(${SURVEY_EN}|questions?) (${TOPIC_EN})\b|` +
      String.raw`\b(feedback|opinions?|views|experience|satisfaction|satisfied) (${TOPIC_EN}|with|of)\b|\bsatisfaction survey\b`,
  ),
  duration: {
    said: new RegExp(
      String.raw`\b(${NUMBER_EN})[ -](short |brief |little |quick |or so )?(minutes?|mins?|seconds|hour)\b`,
    ),
  },
  how_to_stop: {
    said: /\b(stop|hang up|end (the|this|our) (call|interview|survey|conversation)|interrupt|withdraw|opt out|quit|break off|terminate|disconnect|leave (the|this|our) (call|survey|interview)|(leave|end|finish) (at any|any|whenever)|free to leave|finish (the|this|our) (call|interview|survey)|put the phone down|not (to )?(be )?(called?|contact(ed)?|ring|phoned?)( you)?( again| any ?more)?)\b/,
    denied:
      /\b(do not|don't|cannot|can not|can't|must not|may not|never|unable to|not (possible|allowed|able) to)( simply| just| please| ever)? $/,
  },
  answer_hint: /\b(yes\b.*\bno|no\b.*\byes)\b/,
  open_question: /^(and |so |but )?(what|when|which|who|whom|whose|how|why|where)\b/,
  consent:
    /\b(agree|accept|consent|permission|permit|allow|take part|taking part|participate|participating|willing|happy to|like to|ready|ok|okay|all right|alright|start|begin|continue|proceed|go ahead|go on|join|help us|ask you|answer (the|our|these|three|a few|some|my))\b/,
  inverted:
    /(?<!\b(in|of|to|your) )\bmind\b|\bobject(ions?)?\b|\brather not\b|\bprefer not\b|\brefuse\b|\bdecline\b|\b(any|a|no) problems? (if|with|in)\b|\b(don't|won't|wouldn't|aren't) you\b|\bbother|\bdisturb|\b(want|like|prefer|wish|rather)( me| us)?( to)? (stop|opt out|hang up|skip|end|quit|be removed|not)\b/,
};

const IT: IntroRules = {
  ai_statement: {
    said: /intelligenza artificiale|\b(un'|una |un |l'|la |il |dell'|da |dall'|sull'|con l'|di )ia\b|\b(assistente|agente|operatore|intervistatore) (vocale )?(virtuale|automatic[oa]|digitale|artificiale|vocale)\b|\b(assistente|agente|sistema|operatore|voce) ia\b|\b((assistente|agente|sistema|operatore|voce) |un'|l'|dell'|dall')ai(?=[,.;:]| (di|del|della|dell'|per|che|e|a)\b|$)|\b(ro)?bot\b|\bchatbot\b/,
    denied:
      /\b(non|mai|nessun|nessuna|né|senza)( (?!ma\b|bensì\b|sono\b una? assistente)[a-zàèéìòù']+){0,4} (l'|un'|dall'|dell')?$/,
  },
  purpose: {
    said: new RegExp(
      String.raw`\b(${SURVEY_IT}|opinion[ei]|parere|giudizio|gradimento|impression[ei]|valutare|valutazione|soddisfazione|soddisfatt[oa]|esperienza|scopo|riguarda|riguardano|in merito|motivo della (chiamata|telefonata))\b|` +
        String.raw`\bdomande? (${ABOUT_IT})( |\b)|\b(sapere|capire|conoscere|scoprire) (come|cosa|che cosa|quanto|perché)|\bper migliorare\b|` +
        String.raw`\b(chiamo|telefono|chiamiamo|contatto) (per sapere|in merito|riguardo|a proposito)\b`,
    ),
  },
  purpose_in_question: new RegExp(
    String.raw`\b(${SURVEY_IT}|domande?|opinion[ei]|parere|esperienza|soddisfazione|giudizio) (${ABOUT_IT})( |\b)|` +
      String.raw`\b(di|sulla) (soddisfazione|gradimento)\b`,
  ),
  duration: {
    said: new RegExp(
      String.raw`\b(${NUMBER_IT}) ?(brev[ei] |minuto e mezzo|minuti e mezzo)?(minut[oi]|min\b|secondi|or[ae]\b)`,
    ),
  },
  how_to_stop: {
    said: new RegExp(String.raw`\b(${STOP_IT})`),
    denied: /\bnon (si )?((può|puoi|potrà|deve|è possibile|è consentito|sarà possibile|bisogna) )?(mai )?$/,
  },
  answer_hint: /(^| )s[iì]( |,).*\bno\b|\bno\b.* s[iì]( |[.,!?]|$)/,
  open_question:
    /^(e |ma |allora )?(che|che cosa|cosa|quando|quale|quali|chi|come|dove|quant[oiae])\b|^perché|^cos'/,
  consent:
    /accett|acconsent|consens|d'accordo|partecip|disponibil|dispost[oa]\b|\bvuole\b|\bvorrebbe\b|\bdesidera\b|\bpossiamo\b|\bposso\b|permett|permess|va bene|le va di|le andrebbe|ci aiut|\bpront[oa]\b|se la sente|inizi|cominci|proced|continu|prosegu|\brispondere (a|alle)\b/,
  inverted:
    /dispiac|\bcontrari[oa]\b|obiezion|disturb|\bsecca\b|\brifiut|preferisce non|preferirebbe non|\b(un|qualche|nessun|alcun|ha|avrebbe) problema\b|\bproblem[ai] (se|a|nel)\b|la infastidisc|\bnon (vuole|vorrebbe|accetta|desidera|è d'accordo)\b|\b(vuole|vorrebbe|preferisce|desidera) (che )?(interromp|riagganc|riattacc|smettere|rinunciare|fermar|non )/,
};

/** The words of each element. Lower-case texts with plain apostrophes are expected (see `plainText`). */
export const INTRO_RULES: Record<Language, IntroRules> = { en: EN, it: IT };

/** Lower case, plain apostrophes, single spaces: what the rules are written for. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[’‘`´]/g, "'")
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\ba\.i\.?/g, 'ai')
    .replaceAll(/\bi\.a\.?/g, 'ia')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
