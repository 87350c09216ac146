import type { PROMPTS_EN } from './prompts-en.ts';

/** What the agent says in Italian beside the approved texts. */
export const PROMPTS_IT: Record<keyof typeof PROMPTS_EN, string> = {
  need_yes_or_no: 'Mi scusi, ho bisogno di un sì o di un no.',
  not_understood: 'Mi scusi, non ho capito.',
  scale_range: 'Mi scusi, mi serve un numero da {min} a {max}.',
  still_there: 'È ancora in linea?',
  please_answer: 'Risponda pure quando vuole.',
  who_is_calling:
    'Sono un assistente automatico e chiamo per conto di {organization} per un breve sondaggio.',
  is_a_bot:
    'Sì, sono un assistente di intelligenza artificiale, non una persona. Chiamo per conto di {organization}.',
  wait: 'Certo, attendo un momento.',
  resumed: 'Mi scusi, la linea si è interrotta per un momento.',
  thanks: "Era l'ultima domanda. La ringrazio molto, arrivederci.",
  refusal: 'Certo. La ringrazio per il suo tempo, arrivederci.',
  opt_out_done: "D'accordo. Non chiameremo più questo numero. Arrivederci.",
  opt_out_noted: "D'accordo, ho preso nota della sua richiesta. Arrivederci.",
  callback: 'Certo, riproveremo in un altro momento. Arrivederci.',
  no_explicit_consent: 'Senza il suo consenso non proseguo. La ringrazio, arrivederci.',
  wrong_person: 'Mi scuso per il disturbo. Arrivederci.',
  minor: 'Grazie. Questo sondaggio è riservato agli adulti. Arrivederci.',
  language_barrier: 'Grazie, non proseguiamo. Arrivederci.',
};
