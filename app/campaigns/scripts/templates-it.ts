import type { TemplateId, TemplateTexts } from './script-templates.ts';

const OPEN = { type: 'free_text', scale_min: null, scale_max: null } as const;
const NUMBER = { type: 'numeric', scale_min: null, scale_max: null } as const;
const FIVE = { type: 'scale', scale_min: 1, scale_max: 5 } as const;
const TEN = { type: 'scale', scale_min: 0, scale_max: 10 } as const;

/** The ready scripts in Italian. */
export const TEMPLATES_IT: Record<TemplateId, TemplateTexts> = {
  customer_satisfaction: {
    name: 'Soddisfazione dei clienti',
    description:
      'Quanto le persone sono soddisfatte, se vi consiglierebbero e che cosa migliorare per prima cosa.',
    purpose: 'la sua soddisfazione per il nostro servizio',
    duration_minutes: 2,
    questions: [
      {
        text: 'Su una scala da 1 a 5, dove 1 significa per niente e 5 significa molto: quanto è soddisfatto nel complesso del nostro servizio?',
        ...FIVE,
      },
      {
        text: 'Su una scala da 0 a 10: con quale probabilità ci consiglierebbe a un amico o a un collega?',
        ...TEN,
      },
      { text: 'Qual è la prima cosa che dovremmo migliorare?', ...OPEN },
    ],
  },
  event_follow_up: {
    name: 'Dopo un evento',
    description: 'Che cosa le persone hanno pensato di un evento e se parteciperebbero ancora.',
    purpose: "l'evento a cui ha partecipato di recente",
    duration_minutes: 2,
    questions: [
      {
        text: "Su una scala da 1 a 5, dove 1 significa scarso e 5 significa ottimo: come valuta l'evento nel complesso?",
        ...FIVE,
      },
      {
        text: 'A quanti dei nostri eventi ha partecipato negli ultimi dodici mesi, compreso questo?',
        ...NUMBER,
      },
      { text: "Che cosa avrebbe reso migliore l'evento per lei?", ...OPEN },
    ],
  },
  service_check: {
    name: 'Verifica del servizio',
    description: 'Se una richiesta è stata risolta, con quanta fatica, e che cosa resta aperto.',
    purpose: 'la richiesta che ha rivolto di recente alla nostra assistenza',
    duration_minutes: 2,
    questions: [
      {
        text: 'Su una scala da 1 a 5, dove 1 significa per niente e 5 significa del tutto: quanto è stata risolta la sua richiesta?',
        ...FIVE,
      },
      { text: 'Quante volte ha dovuto contattarci per questa richiesta?', ...NUMBER },
      { text: 'Resta ancora qualcosa da sistemare?', ...OPEN },
    ],
  },
};
