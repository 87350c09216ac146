import type { Language } from './people.ts';

// One try and one more: enough to show the retry, and the shortest interval the product allows.
export const MAX_ATTEMPTS = 2;
export const RETRY_INTERVAL_MINUTES = 1;

// Called at any hour: the tour must work at night and on a Sunday, and nobody real is on the line.
const RULES = {
  max_attempts: MAX_ATTEMPTS,
  retry_interval_minutes: RETRY_INTERVAL_MINUTES,
  allowed_call_start_local: '00:00',
  allowed_call_end_local: '23:59',
  allowed_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  call_on_public_holidays: true,
  topic: 'general',
};

/** The two campaigns of the tour, as a manager would enter them. */
export const CAMPAIGNS = {
  en: {
    ...RULES,
    name: 'City library: how satisfied are you?',
    description: 'Yearly satisfaction survey of library members',
    language: 'en',
    time_zone: 'Europe/London',
    organization_name: 'Northfield City Library',
    intro_script:
      'Hello, this is an automated assistant using artificial intelligence, calling on behalf of Northfield City Library. ' +
      'We have three short questions about how satisfied you are with our service; it takes about two minutes. ' +
      'Taking part is voluntary: you can stop at any time or ask not to be called again. ' +
      'Do you agree to take part? Please say yes or no.',
    question_1_text: 'On a scale from 1 to 5, how satisfied are you with the library overall?',
    question_1_type: 'scale',
    question_1_scale_min: 1,
    question_1_scale_max: 5,
    question_2_text: 'How many times did you visit the library in the last month?',
    question_2_type: 'numeric',
    question_3_text: 'What should we improve first?',
    question_3_type: 'free_text',
  },
  it: {
    ...RULES,
    name: 'Biblioteca comunale: quanto è soddisfatto?',
    description: 'Indagine annuale di soddisfazione tra gli iscritti',
    language: 'it',
    time_zone: 'Europe/Rome',
    organization_name: 'Biblioteca comunale di Borgonuovo',
    intro_script:
      'Buongiorno, sono un assistente automatico basato su intelligenza artificiale e chiamo per conto della Biblioteca comunale di Borgonuovo. ' +
      'Abbiamo tre brevi domande sulla sua soddisfazione per il servizio; ci vogliono circa due minuti. ' +
      'La partecipazione è volontaria: può interrompere in qualsiasi momento o chiedere di non essere più chiamato. ' +
      'Accetta di partecipare? Risponda sì oppure no, per favore.',
    question_1_text: 'Su una scala da 1 a 5, quanto è soddisfatto della biblioteca nel complesso?',
    question_1_type: 'scale',
    question_1_scale_min: 1,
    question_1_scale_max: 5,
    question_2_text: "Quante volte è venuto in biblioteca nell'ultimo mese?",
    question_2_type: 'numeric',
    question_3_text: 'Che cosa dovremmo migliorare per prima cosa?',
    question_3_type: 'free_text',
  },
} as const satisfies Record<Language, Record<string, unknown>>;
