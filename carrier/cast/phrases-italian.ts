import type { Phrases } from './phrases.ts';

export const ITALIAN: Phrases = {
  agree: [
    'Sì, va bene.',
    'Sì, certo.',
    'Certo, mi dica pure.',
    'Va bene, sì.',
    "Sì, d'accordo.",
    'Sì, accetto.',
    'Sì, volentieri.',
    'Sì, possiamo procedere.',
  ],
  refuse: [
    'No, grazie.',
    'No, non mi interessa.',
    'No grazie, non voglio partecipare.',
    'No, mi dispiace.',
    'Non sono interessato, grazie.',
    'No, preferisco di no.',
  ],
  opt_out: [
    'Non chiamatemi più, per favore.',
    'Non mi chiami più.',
    'Toglietemi dalla lista e non chiamatemi mai più.',
    'Cancellate il mio numero, per favore.',
    'No, e non chiamate più questo numero.',
  ],
  ask_who: [
    'Chi parla?',
    'Scusi, ma chi è lei?',
    'Con chi parlo?',
    'Come avete avuto il mio numero?',
    'Sto parlando con un robot?',
  ],
  ask_to_repeat: [
    'Scusi, può ripetere?',
    'Può ripetere, per favore?',
    'Non ho sentito, può ripetere?',
    'Mi può ripetere la domanda?',
  ],
  mumble: ['mmh eh', 'ehm mah mmh', 'eh mmh be', 'uhm mmh', 'beh ehm eh'],
  number: ['{n}.', 'Direi {n}.', 'Diciamo {n}.', '{n}, penso.', 'Penso {n}.'],
  opinion: [
    "Il personale è gentile, ma i tempi d'attesa sono troppo lunghi.",
    'Mi piace, soprattutto perché è facile da usare.',
    'La qualità è buona e il prezzo è giusto.',
    'Vorrei orari di apertura più lunghi.',
    'Dovrebbero migliorare il sito, è difficile trovare le cose.',
    'Per me funziona tutto bene, sono piuttosto contento.',
  ],
  goodbye: ['Arrivederci.', 'Grazie, arrivederci.', 'Grazie a lei, buona giornata.', 'Salve, arrivederci.'],
  voicemail: [
    'Risponde la segreteria telefonica del numero che avete chiamato. In questo momento non posso rispondere. Lasciate un messaggio dopo il segnale acustico.',
    'Salve, questa è una segreteria telefonica. Al momento non siamo disponibili. Lasciate un messaggio dopo il bip e vi richiameremo.',
  ],
};
