import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIntro } from '../readiness/check-intro.ts';
import { assembleIntro } from './assemble-intro.ts';
import { spokenSeconds, spokenSecondsOf } from './spoken-seconds.ts';

const LANGUAGES = ['en', 'it'] as const;
const failed = (intro: string, organization: string, language: 'en' | 'it') =>
  Object.entries(checkIntro(intro, organization, language)).filter(([, ok]) => !ok);

describe('an assembled introduction', () => {
  it('reads as a person would write it', () => {
    const slots = {
      organization_name: ' Acme ',
      purpose: 'your last visit.',
      duration_minutes: 1,
      contact: 'acme.example',
    };
    expect(assembleIntro('en', slots)).toBe(
      'Hello, this is an automated assistant using artificial intelligence, calling on behalf of Acme. ' +
        'We are running a short survey about your last visit: three questions, which take about one minute. ' +
        'For information about this call and your data you can turn to acme.example. ' +
        'Taking part is voluntary: you can stop at any time, or ask not to be called again. ' +
        'Do you agree to take part? Please say yes or no.',
    );
    expect(
      assembleIntro('it', { ...slots, purpose: 'la sua ultima visita', duration_minutes: 12, contact: null }),
    ).toBe(
      "Buongiorno, sono un assistente automatico basato sull'intelligenza artificiale e chiamo per conto di Acme. " +
        'Stiamo svolgendo un breve sondaggio che riguarda la sua ultima visita: sono tre domande e ci vogliono circa 12 minuti. ' +
        'La partecipazione è volontaria: può interrompere in qualsiasi momento o chiedere di non essere più chiamato. ' +
        'Accetta di partecipare? Risponda sì oppure no, per favore.',
    );
  });

  it('passes the checklist whatever the four words are', () => {
    const words = fc
      .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
      .filter((text) => /[\p{L}\p{N}]/u.test(text));
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        fc.record({
          organization_name: words,
          purpose: words,
          duration_minutes: fc.integer({ min: 1, max: 15 }),
          contact: fc.option(words),
        }),
        (language, slots) => {
          expect(failed(assembleIntro(language, slots), slots.organization_name, language)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the time a text takes to say', () => {
  it.each([
    ['', 0],
    ['   ', 0],
    ['Yes.', 1],
    ['one two three four five six seven eight nine ten', 4],
  ])('%s: %i s', (text, seconds) => {
    expect(spokenSeconds(text)).toBe(seconds);
  });

  it('grows with every sentence and counts digits as words', () => {
    expect(spokenSeconds('+39 347 123 4567')).toBeGreaterThan(spokenSeconds('abc def ghi jklm'));
    expect(spokenSeconds('A word. '.repeat(9))).toBeGreaterThan(spokenSeconds('A words '.repeat(9)));
  });

  it('adds up', () => {
    const script = {
      intro_script: 'Hello there.',
      questions: [{ text: 'One?' }, { text: 'And two, please?' }, { text: '' }],
    };
    const { intro, questions, total } = spokenSecondsOf(script);
    expect(total).toBe(intro + questions[0]! + questions[1]!);
    expect(questions[2]).toBe(0);
  });
});
