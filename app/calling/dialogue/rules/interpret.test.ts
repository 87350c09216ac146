import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Label, Listening } from '../interpreter.ts';
import { interpretByRules } from './interpret.ts';

type Language = 'en' | 'it';
const CONSENT: Listening = { context: 'consent' };
const question = (type: 'free_text' | 'numeric' | 'scale'): Listening => ({
  context: 'question',
  type,
  scale_min: type === 'scale' ? 1 : null,
  scale_max: type === 'scale' ? 5 : null,
});
const labelOf = (language: Language, text: string, listening: Listening = CONSENT, first_speech = false) =>
  interpretByRules({ text, language, listening, first_speech }).label;

const CLEAR_YES = {
  en: [
    'Yes.',
    'yeah sure',
    'okay, go ahead',
    "yes, I'd be happy to",
    'of course I do',
    'sure, no problem',
    'I agree',
    'yesss',
    'yes, by phone',
    "that's fine with me",
    'yeah, no problem at all',
    'please proceed',
  ],
  it: [
    'Sì.',
    'sì, certo',
    'va bene, procediamo',
    'certo, volentieri',
    "sono d'accordo",
    'sì, mi dica pure',
    'accetto',
    'siii',
    'sì, ho due minuti',
    'certo che accetto',
    'sì, possiamo',
  ],
};

// Agreeable, and yet no consent by themselves.
const WEAK = {
  en: [
    "that's all right, thank you",
    'okay thanks',
    'I am good',
    "I'm fine thanks",
    'that is correct',
    'uh-huh',
    'oh shoot',
    'I would like to',
    "okay, that's it",
    'yeah, right',
    'right',
  ],
  it: [
    'vada',
    'è possibile',
    'sì, sono io',
    'a posto così',
    'tutto a posto, grazie',
    'mi dica',
    'dica',
    'perfetto',
    'esatto',
    'mh mh',
    'prego',
  ],
};

// These are no consent in whatever company.
const NO_CLEAR_YES = {
  en: [
    ...[
      'okay can I go now',
      'well you can go now',

      'hello, yes',
      'I guess so',
      'yes I think so',
    ],
    ...[
      'if I must',
      'sure you are',
      'yes, but be quick',
      'yes if it is short',
      'I am happy with my provider',
    ],
    ...[
      'of course not',
      'yes and no',
      'maybe',
      'okay... no',
      'mark me as yes',
      'say that I agreed',
      'call me tomorrow',
    ],
    ...[
      "don't call me again",
      'okay, who is this',
      'are you a robot',
      'I do not know',
      'wrong number',
      'what for',
    ],
  ],
  it: [
    ...[
      'pronto',
      'sì, pronto',
      'come vuole',
      'credo di sì',
      'penso di sì',
      'sì ma',
      'sì se è breve',
      'sì, chi parla',
    ],
    ...['certo che no', 'sì e no', 'forse', 'sono io', 'segni che ho detto sì', 'vabbè', 'richiami domani'],
    ...['non chiamatemi più', 'è un robot', 'non lo so', 'ha sbagliato numero', 'perché'],
  ],
};

const CLEAR_NO = {
  en: [
    'No.',
    'no thanks',
    "I don't agree",
    'no, definitely not',
    "I'd rather not",
    'not interested',
    'no way',
    'go away',
  ],
  it: [
    'No.',
    'no grazie',
    'non accetto',
    "non sono d'accordo",
    'assolutamente no',
    'non mi interessa',
    'lasci stare',
  ],
};

describe.each(['en', 'it'] as const)('consent in %s', (language) => {
  it.each(CLEAR_YES[language])('is given by: %s', (text) => {
    expect(labelOf(language, text)).toBe('yes');
  });

  it.each([...WEAK[language], ...NO_CLEAR_YES[language], language === 'en' ? 'yes?' : 'sì?'])(
    'is not given by: %s',
    (text) => {
      expect(labelOf(language, text)).not.toBe('yes');
    },
  );

  it.each(CLEAR_NO[language])('is refused by: %s', (text) => {
    expect(['no', 'stop']).toContain(labelOf(language, text));
  });

  it('is not given by a yes in company of doubts, questions and refusals', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CLEAR_YES[language]),
        fc.constantFrom(...NO_CLEAR_YES[language], ...CLEAR_NO[language]),
        fc.constantFrom(' ', ', ', '. ', '... '),
        fc.boolean(),
        (yes, other, gap, isFirst) => {
          const text = isFirst ? `${yes}${gap}${other}` : `${other}${gap}${yes}`;
          expect([text, labelOf(language, text)]).not.toEqual([text, 'yes']);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('is not made by accents, case, marks or repetition', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WEAK[language], ...NO_CLEAR_YES[language]), fc.nat(3), (text, times) => {
        const plain = text
          .normalize('NFD')
          .replace(/\p{M}|[.,]/gu, '')
          .toUpperCase();
        expect(
          labelOf(
            language,
            Array(times + 1)
              .fill(plain)
              .join(' '),
          ),
        ).not.toBe('yes');
      }),
    );
  });

  it('is given with fillers, in capitals and without accents too', () => {
    const filler = language === 'en' ? 'uh' : 'eh';
    for (const yes of CLEAR_YES[language]) {
      const plain = yes.normalize('NFD').replace(/\p{M}/gu, '');
      for (const text of [plain, yes.toUpperCase(), `${filler}, ${yes}`, `${plain}!`]) {
        expect([text, labelOf(language, text)]).toEqual([text, 'yes']);
      }
    }
  });

  it('is not given by an unknown word', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CLEAR_YES[language]),
        fc.stringMatching(/^[b-df-hj-np-tv-z]{4,8}$/),
        (yes, word) => {
          expect(labelOf(language, `${yes} ${word}`)).not.toBe('yes');
        },
      ),
    );
  });
});

describe('a wish never to be called again', () => {
  const WISHES: [Language, string][] = [
    ...[
      'stop calling me',
      "don't call me again",
      'please do not call this number anymore',
      'take me off your list',
      'remove my number',
      'never call me again',
      "I don't want to be called any more",
      'put me on the do not call list',
      'leave me alone',
    ].map((text): [Language, string] => ['en', text]),
    ...[
      'non chiamatemi più',
      'non mi chiami più',
      'smettetela di chiamarmi',
      'toglietemi dalla lista',
      'cancellate il mio numero',
      'non voglio più essere disturbato',
      'sono iscritto al registro delle opposizioni',
      'lasciatemi in pace',
    ].map((text): [Language, string] => ['it', text]),
  ];

  it.each(WISHES)('%s: %s', (language, text) => {
    for (const listening of [CONSENT, question('numeric'), question('scale'), question('free_text')]) {
      expect([listening, labelOf(language, text, listening)]).toEqual([listening, 'opt_out']);
    }
    expect(labelOf(language, `Longer hours. ${text}`, question('free_text'))).toBe('opt_out');
  });

  it.each<[Language, string]>([
    ['en', "don't call me at work"],
    ['en', "don't call me now, call me tomorrow"],
    ['it', 'non mi chiami adesso'],
  ])('is not a wish about a moment: %s %s', (language, text) => {
    expect(labelOf(language, text)).not.toBe('opt_out');
  });
});

describe('an opinion is an answer, whatever words it takes', () => {
  it.each<[Language, string]>([
    ...[
      'they never call me back',
      'they never call me at work',
      'stop the long queues',
      'wait times are too long',
      'repeat customers deserve a discount',
      'enjoyed the food a lot',
      'good to see more staff',
      "they don't answer the phone",
      'cancel the subscription fees',
      'that is all',
      "I don't want to continue paying for parking",
      "I don't want to go on the bus at night",
      'no',
      'yes',
    ].map((text): [Language, string] => ['en', text]),
    ...[
      'non mi chiamano mai',
      'mai più lunghe attese',
      'basta code',
      'mah, direi gli orari',
      'niente',
      'sì',
      'no',
    ].map((text): [Language, string] => ['it', text]),
  ])('%s: %s', (language, text) => {
    expect(labelOf(language, text, question('free_text'))).toBe('answer');
  });
});

describe('in a question', () => {
  it.each<[Language, string, Label]>([
    ['en', 'stop', 'stop'],
    ['en', 'I want to stop now', 'stop'],
    ['en', "I don't want to continue", 'stop'],
    ['en', 'goodbye', 'goodbye'],
    ['en', 'can you repeat that', 'repeat'],
    ['en', "I don't know", 'dont_know'],
    ['en', "I'd rather not say", 'refuse_item'],
    ['en', 'who are you', 'who'],
    ['en', 'am I talking to a robot?', 'bot'],
    ['en', 'thanks, bye', 'goodbye'],
    ['it', 'grazie a lei, buona giornata', 'goodbye'],
    ['en', 'hold on a second', 'hold'],
    ['en', 'sorry, wrong number', 'wrong_person'],
    ['it', 'basta così', 'stop'],
    ['it', 'arrivederci', 'goodbye'],
    ['it', 'può ripetere', 'repeat'],
    ['it', 'non lo so', 'dont_know'],
    ['it', 'preferisco non rispondere', 'refuse_item'],
    ['it', 'chi parla', 'who'],
    ['it', 'un attimo', 'hold'],
    ['it', 'ha sbagliato numero', 'wrong_person'],
    ['en', "I'm a child", 'minor'],
    ['it', 'sono minorenne', 'minor'],
  ])('%s "%s" is %s, of whatever type', (language, text, label) => {
    for (const type of ['free_text', 'numeric', 'scale'] as const) {
      expect([type, labelOf(language, text, question(type))]).toEqual([type, label]);
    }
  });

  it('a time to call back is no number', () => {
    expect(labelOf('en', 'call me back at 5', question('numeric'))).toBe('callback');
    expect(labelOf('it', 'mi richiami alle 5', question('numeric'))).toBe('callback');
  });

  it('never is none, where a number is asked for', () => {
    expect(
      interpretByRules({
        text: 'never',
        language: 'en',
        listening: question('numeric'),
        first_speech: false,
      }),
    ).toMatchObject({
      label: 'number',
      value: 0,
    });
    expect(labelOf('en', 'never', question('scale'))).toBe('unclear');
  });
});

describe('a greeting of a machine', () => {
  it.each<[Language, string]>([
    ['en', "Hi, you've reached the voicemail of Jo. Please leave a message after the tone."],
    ['it', 'Risponde la segreteria telefonica, lasciate un messaggio dopo il segnale acustico.'],
  ])('is one as the first speech only: %s', (language, text) => {
    expect(labelOf(language, text, CONSENT, true)).toBe('voicemail');
    expect(labelOf(language, text, CONSENT, false)).not.toBe('voicemail');
  });
});

it.each(['en', 'it'] as const)('understands no consent in noise and never throws, in %s', (language) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      for (const listening of [CONSENT, question('scale'), question('free_text')]) {
        expect(labelOf(language, text, listening, true)).not.toBe('yes');
      }
    }),
    { numRuns: 300 },
  );
});

it('takes ten thousand characters in its stride, whatever they are', () => {
  const hostile = [
    'no '.repeat(3_400),
    'yes '.repeat(2_500),
    'call '.repeat(2_000),
    'a'.repeat(10_000),
    '1,'.repeat(5_000),
  ];
  for (const text of hostile) {
    for (const language of ['en', 'it'] as const) {
      for (const listening of [CONSENT, question('free_text'), question('numeric')]) {
        expect(() => interpretByRules({ text, language, listening, first_speech: true })).not.toThrow();
      }
    }
  }
});
