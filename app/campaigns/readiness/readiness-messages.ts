import type { Language } from '../../infra/db/tables.ts';
import type { LawCode } from '../jurisdictions/jurisdiction-findings.ts';
import type { IntroCheck } from './check-intro.ts';

export type CheckCode =
  | 'contacts.present'
  | `intro.${IntroCheck}`
  | 'questions.present'
  | 'questions.scales'
  | 'topic.approved'
  | 'topic.allowed'
  | 'topic.declared'
  | LawCode
  | 'retry.policy'
  | 'schedule.window'
  | 'time_zone.known'
  | 'languages.covered'
  | 'templates.locales'
  | 'provider.configured'
  | 'provider.credentials'
  | 'provider.outbound_number'
  | 'retention.set'
  | 'rehearsal.done';

/** What each check says, as a demand: it reads right beside a tick and beside a cross. `{n}` is a count. */
export const MESSAGES: Record<CheckCode, Record<Language, string>> = {
  'contacts.present': {
    en: 'At least one contact can be called (now: {n}).',
    it: 'Almeno un contatto può essere chiamato (ora: {n}).',
  },
  'intro.organization': {
    en: 'The introduction names the organisation.',
    it: "L'introduzione nomina l'organizzazione.",
  },
  'intro.ai_statement': {
    en: 'The introduction says that an artificial intelligence is calling.',
    it: "L'introduzione dice che a chiamare è un'intelligenza artificiale.",
  },
  'intro.purpose': {
    en: 'The introduction says what the call is for.',
    it: "L'introduzione dice lo scopo della chiamata.",
  },
  'intro.duration': {
    en: 'The introduction says how long it takes.',
    it: "L'introduzione dice quanto dura.",
  },
  'intro.how_to_stop': {
    en: 'The introduction says how to stop.',
    it: "L'introduzione dice come interrompere.",
  },
  'intro.consent_question': {
    en: 'The introduction ends with a yes-or-no question about taking part.',
    it: "L'introduzione si chiude con una domanda da sì o no sulla partecipazione.",
  },
  'intro.plain_yes': {
    en: 'A yes to that question means yes. "Do you mind…" turns it round: somebody who says yes would be refusing.',
    it: 'Il sì a quella domanda significa sì. "Le dispiace…" lo capovolge: chi dice sì starebbe rifiutando.',
  },
  'questions.present': {
    en: 'There are three questions, in every language of the campaign.',
    it: 'Ci sono tre domande, in ogni lingua della campagna.',
  },
  'questions.scales': {
    en: 'Every scale question has a lowest and a highest value.',
    it: 'Ogni domanda su scala ha un valore minimo e uno massimo.',
  },
  'topic.approved': {
    en: 'A sensitive topic is approved by an administrator, with exactly this wording.',
    it: 'Un tema sensibile è approvato da un amministratore, esattamente con questi testi.',
  },
  'topic.allowed': {
    en: 'This installation allows questions about politics.',
    it: 'Questa installazione ammette domande di politica.',
  },
  'topic.declared': {
    en: 'The texts speak of nothing more sensitive than the declared topic.',
    it: 'I testi non parlano di nulla di più sensibile del tema dichiarato.',
  },
  'law.country': {
    en: 'The rules of the country are known; for one without a profile the cautious one counts.',
    it: 'Le regole del Paese sono note; senza un profilo vale quello prudente.',
  },
  'law.hours': {
    en: 'The calling hours and days lie within those of the country.',
    it: 'Orari e giorni di chiamata rientrano in quelli del Paese.',
  },
  'law.attempts': {
    en: 'A person is tried no more often than the country allows.',
    it: 'Una persona non è chiamata più volte di quanto il Paese consenta.',
  },
  'law.gap': {
    en: 'The time between attempts is as long as the country asks for.',
    it: 'Il tempo tra i tentativi è quello richiesto dal Paese.',
  },
  'law.consent': {
    en: 'Everybody waiting has given the prior consent that the country asks for.',
    it: 'Chi è in attesa ha dato il consenso preventivo che il Paese richiede.',
  },
  'law.register': {
    en: 'The list was checked against the register of objections, recently enough.',
    it: 'La lista è stata confrontata con il registro delle opposizioni, abbastanza di recente.',
  },
  'retry.policy': {
    en: 'It is set how often a person is tried (1 to 5 times), and after how many minutes again.',
    it: 'È stabilito quante volte si prova a chiamare (da 1 a 5) e dopo quanti minuti si riprova.',
  },
  'schedule.window': {
    en: 'There are calling hours, on at least one weekday.',
    it: "C'è un orario di chiamata, in almeno un giorno della settimana.",
  },
  'time_zone.known': {
    en: 'The time zone of every contact is known, or the campaign has one for the others (unknown: {n}).',
    it: 'Il fuso orario di ogni contatto è noto, oppure la campagna ne indica uno per gli altri (ignoti: {n}).',
  },
  'languages.covered': {
    en: 'Every contact is called in the preferred language (without texts in theirs: {n}).',
    it: 'Ogni contatto è chiamato nella lingua preferita (senza testi nella propria: {n}).',
  },
  'templates.locales': {
    en: 'Every e-mail template exists in all languages of the campaign.',
    it: 'Ogni modello di e-mail esiste in tutte le lingue della campagna.',
  },
  'provider.configured': {
    en: 'A telephone provider is configured.',
    it: 'Un fornitore telefonico è configurato.',
  },
  'provider.credentials': {
    en: 'The credentials of the telephone provider are set; without them nobody is called.',
    it: 'Le credenziali del fornitore telefonico sono impostate; senza, nessuno viene chiamato.',
  },
  'provider.outbound_number': {
    en: 'A caller number is configured.',
    it: 'Un numero chiamante è configurato.',
  },
  'retention.set': {
    en: 'It is set how long recordings and transcripts are kept.',
    it: 'È stabilito per quanto si conservano registrazioni e trascrizioni.',
  },
  'rehearsal.done': {
    en: 'Somebody has rehearsed this very wording.',
    it: 'Qualcuno ha provato proprio questo testo.',
  },
};
