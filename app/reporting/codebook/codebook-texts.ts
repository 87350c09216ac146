import type { Disposition, Language } from '../../infra/db/tables.ts';
import type { RATES } from '../aapor.ts';

/** The formulas of the Standard Definitions, in their own letters. */
export const RATE_FORMULAS: Record<(typeof RATES)[number], string> = {
  RR1: 'I / ((I + P) + (R + NC + O) + (UH + UO))',
  RR2: '(I + P) / ((I + P) + (R + NC + O) + (UH + UO))',
  RR3: 'I / ((I + P) + (R + NC + O) + e (UH + UO))',
  RR4: '(I + P) / ((I + P) + (R + NC + O) + e (UH + UO))',
  RR5: 'I / ((I + P) + (R + NC + O))',
  RR6: '(I + P) / ((I + P) + (R + NC + O))',
  COOP1: 'I / ((I + P) + R + O)',
  COOP2: '(I + P) / ((I + P) + R + O)',
  COOP3: 'I / ((I + P) + R)',
  COOP4: '(I + P) / ((I + P) + R)',
  REF1: 'R / ((I + P) + (R + NC + O) + (UH + UO))',
  REF2: 'R / ((I + P) + (R + NC + O) + e (UH + UO))',
  REF3: 'R / ((I + P) + (R + NC + O))',
  CON1: '((I + P) + R + O) / ((I + P) + (R + NC + O) + (UH + UO))',
  CON2: '((I + P) + R + O) / ((I + P) + (R + NC + O) + e (UH + UO))',
  CON3: '((I + P) + R + O) / ((I + P) + (R + NC + O))',
  e: '((I + P) + (R + NC + O)) / ((I + P) + (R + NC + O) + NE)',
};

/** Final codes of cases that this product gives, by the headings of the Standard Definitions (telephone). */
export const CODE_LABELS: Record<string, Record<Language, string>> = {
  '1.1': { en: 'Complete interview (I)', it: 'Intervista completa (I)' },
  '2.11': { en: 'Refusal (R)', it: 'Rifiuto (R)' },
  '2.12': { en: 'Break-off (R)', it: 'Interruzione (R)' },
  '2.2': {
    en: 'Non-contact: asked to be called later (NC)',
    it: 'Non contatto: ha chiesto di essere richiamato (NC)',
  },
  '2.3': { en: 'Other, eligible (O)', it: 'Altro, idoneo (O)' },
  '3.11': {
    en: 'Not attempted or not yet settled (UH)',
    it: 'Non ancora chiamato o non ancora concluso (UH)',
  },
  '3.12': { en: 'Always busy (UH)', it: 'Sempre occupato (UH)' },
  '3.13': { en: 'No answer (UH)', it: 'Nessuna risposta (UH)' },
  '3.14': { en: 'Answering machine (UH)', it: 'Segreteria telefonica (UH)' },
  '3.16': { en: 'Technical phone problems (UH)', it: 'Problemi tecnici del telefono (UH)' },
  '4.3': { en: 'Non-working number (NE)', it: 'Numero inesistente (NE)' },
};

type Texts = {
  title: string;
  notes: readonly string[];
  rates_source: string;
  status_of: string;
  variables: Record<
    | 'campaign_id'
    | 'contact_id'
    | 'external_contact_id'
    | 'phone_number'
    | 'outcome'
    | 'attempt_count'
    | 'last_attempt_at'
    | 'completed_at',
    string
  >;
  outcomes: Record<'completed' | 'refused' | 'not_reached' | 'excluded', string>;
  answer_statuses: Record<'answered' | 'refused' | 'dont_know' | 'not_understood', string>;
  dispositions: Record<Disposition, string>;
};

export const CODEBOOK_TEXTS: Record<Language, Texts> = {
  en: {
    title: 'Codebook and methods report',
    notes: [
      'Mode: outbound telephone interview, led by a software agent that says in its first words that it is an artificial intelligence and for whom it calls.',
      'Sample: a list of telephone numbers that the organization supplied; one case is one contact of that list. Nobody within a household is selected. The data are not weighted.',
      'Consent: no question is asked before an explicit yes to the consent question. Introduction and questions are spoken word for word from the script version that the call names.',
      'Questions are asked at most twice. An answer that was refused, not known or not understood twice is empty, and the status of the question says which it was.',
      'Answers that were given before a refusal are deleted; those of a call that broke off are kept apart and are not in the data file.',
      'No case is coded as a partial interview: P = 0, so RR1 = RR2, RR3 = RR4, RR5 = RR6, COOP1 = COOP2 and COOP3 = COOP4.',
    ],
    rates_source:
      'The American Association for Public Opinion Research: Standard Definitions, 9th edition, telephone surveys. e is estimated from the cases of known eligibility (proportional allocation).',
    status_of: 'How question was resolved:',
    variables: {
      campaign_id: 'The campaign',
      contact_id: 'The contact, as this system names it',
      external_contact_id: 'The contact, as the list that was uploaded names it',
      phone_number: 'Telephone number, E.164; empty once it was erased',
      outcome: 'What became of the contact',
      attempt_count: 'Dials made to this contact',
      last_attempt_at: 'When the last dial began (UTC, RFC 3339)',
      completed_at: 'When the third question was resolved (UTC, RFC 3339)',
    },
    outcomes: {
      completed: 'All three questions were resolved',
      refused: 'Declined, or asked never to be called again',
      not_reached: 'All attempts used up, or the number, person or language was the wrong one',
      excluded: 'Not called: on the exclusion list or marked "do not call"',
    },
    answer_statuses: {
      answered: 'Answered',
      refused: 'Would rather not say',
      dont_know: 'Does not know',
      not_understood: 'Not understood, twice',
    },
    dispositions: {
      completed: 'Completed',
      break_off: 'Hung up after consent',
      refusal: 'Refused',
      opt_out: 'Asked never to be called again',
      callback_requested: 'Asked to be called later',
      no_explicit_consent: 'No clear yes',
      wrong_person: 'Wrong person',
      language_barrier: 'Language barrier',
      minor: 'A minor',
      answering_machine: 'Answering machine',
      no_answer: 'No answer',
      busy: 'Busy',
      technical: 'Technical fault',
      dial_unknown: 'Fate of the dial unknown',
      blocked: 'Blocked by the network',
      invalid_number: 'Number does not exist',
    },
  },
  it: {
    title: 'Codebook e nota metodologica',
    notes: [
      'Tecnica: intervista telefonica in uscita condotta da un agente software, che nelle prime parole dice di essere un’intelligenza artificiale e per conto di chi chiama.',
      'Campione: un elenco di numeri telefonici fornito dall’organizzazione; un caso è un contatto dell’elenco. Nessuna selezione all’interno della famiglia. I dati non sono ponderati.',
      'Consenso: nessuna domanda prima di un sì esplicito alla richiesta di consenso. Introduzione e domande sono pronunciate parola per parola dalla versione del testo indicata per la chiamata.',
      'Ogni domanda è posta al massimo due volte. Una risposta rifiutata, non saputa o non compresa due volte è vuota, e lo stato della domanda dice quale dei casi è.',
      'Le risposte date prima di un rifiuto sono cancellate; quelle di una chiamata interrotta sono tenute a parte e non sono nel file dei dati.',
      'Nessun caso è codificato come intervista parziale: P = 0, quindi RR1 = RR2, RR3 = RR4, RR5 = RR6, COOP1 = COOP2 e COOP3 = COOP4.',
    ],
    rates_source:
      'American Association for Public Opinion Research: Standard Definitions, 9ª edizione, indagini telefoniche. e è stimata dai casi di idoneità nota (allocazione proporzionale).',
    status_of: 'Esito della domanda',
    variables: {
      campaign_id: 'La campagna',
      contact_id: 'Il contatto, come lo chiama questo sistema',
      external_contact_id: 'Il contatto, come lo chiama l’elenco caricato',
      phone_number: 'Numero di telefono, E.164; vuoto dopo la cancellazione',
      outcome: 'Esito del contatto',
      attempt_count: 'Chiamate fatte a questo contatto',
      last_attempt_at: 'Inizio dell’ultima chiamata (UTC, RFC 3339)',
      completed_at: 'Momento in cui la terza domanda è stata risolta (UTC, RFC 3339)',
    },
    outcomes: {
      completed: 'Tutte e tre le domande risolte',
      refused: 'Ha rifiutato o ha chiesto di non essere più chiamato',
      not_reached: 'Tentativi esauriti, oppure numero, persona o lingua non giusti',
      excluded: 'Non chiamato: nella lista di esclusione o segnato «non chiamare»',
    },
    answer_statuses: {
      answered: 'Ha risposto',
      refused: 'Preferisce non rispondere',
      dont_know: 'Non sa',
      not_understood: 'Non compreso, due volte',
    },
    dispositions: {
      completed: 'Completata',
      break_off: 'Ha riattaccato dopo il consenso',
      refusal: 'Rifiuto',
      opt_out: 'Ha chiesto di non essere più chiamato',
      callback_requested: 'Ha chiesto di essere richiamato',
      no_explicit_consent: 'Nessun sì chiaro',
      wrong_person: 'Persona sbagliata',
      language_barrier: 'Barriera linguistica',
      minor: 'Minorenne',
      answering_machine: 'Segreteria telefonica',
      no_answer: 'Nessuna risposta',
      busy: 'Occupato',
      technical: 'Problema tecnico',
      dial_unknown: 'Sorte della chiamata ignota',
      blocked: 'Bloccata dalla rete',
      invalid_number: 'Numero inesistente',
    },
  },
};
