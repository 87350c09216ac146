import { describe, expect, it } from 'vitest';
import { choosePersona, DEFAULT_MIX, PERSONAS } from '../../carrier/cast/cast.ts';
import { numberInWords, readNumber } from '../../carrier/cast/number-words.ts';
import { Respondent } from '../../carrier/cast/respondent.ts';
import { understand } from '../../carrier/cast/understand.ts';

describe('who lives at a number', () => {
  it('is told by the last two digits from 01 to 11', () => {
    const named = PERSONAS.map((_, index) =>
      choosePersona(`+3933300000${String(index + 1).padStart(2, '0')}`, 3, DEFAULT_MIX),
    );
    expect(named).toEqual([...PERSONAS]);
  });

  it('is otherwise drawn from the mix, the same way for the same seed', () => {
    const numbers = Array.from({ length: 2_000 }, (_, index) => `+39333${1_000 + index}50`);
    const draw = (seed: number) => numbers.map((number) => choosePersona(number, seed, DEFAULT_MIX));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const cooperative = draw(7).filter((persona) => persona === 'cooperative').length / numbers.length;
    expect(cooperative).toBeGreaterThan(0.5);
    expect(cooperative).toBeLessThan(0.62);
    const only = { ...DEFAULT_MIX, ...Object.fromEntries(PERSONAS.map((p) => [p, p === 'busy' ? 1 : 0])) };
    expect(numbers.every((number) => choosePersona(number, 7, only) === 'busy')).toBe(true);
  });
});

describe('what is understood', () => {
  it.each([
    ['en', 'On a scale from 1 to 5, how satisfied are you?', { kind: 'range', min: 1, max: 5 }],
    ['en', 'Please choose a number between zero and ten.', { kind: 'range', min: 0, max: 10 }],
    ['en', 'Rate it, 1-7.', { kind: 'range', min: 1, max: 7 }],
    ['en', 'How many people live with you?', { kind: 'number' }],
    ['en', 'How old are you?', { kind: 'age' }],
    ['en', 'What do you think of our service?', { kind: 'open' }],
    ['en', 'It takes two to three minutes. Do you agree to take part?', { kind: 'consent' }],
    ['en', 'Thank you very much. Goodbye.', { kind: 'goodbye' }],
    ['en', 'Thank you.', { kind: 'statement' }],
    ['it', 'Su una scala da 1 a 5, quanto è soddisfatto?', { kind: 'range', min: 1, max: 5 }],
    ['it', "Quanto è soddisfatto, dall'1 al 10?", { kind: 'range', min: 1, max: 10 }],
    ['it', 'Mi dica un numero tra zero e dieci.', { kind: 'range', min: 0, max: 10 }],
    ['it', 'Quante persone vivono con lei?', { kind: 'number' }],
    ['it', 'Qual è la sua età?', { kind: 'age' }],
    ['it', 'Che cosa pensa del servizio?', { kind: 'open' }],
    ['it', 'Dura due minuti. Vuole partecipare?', { kind: 'consent' }],
    ['it', 'La ringrazio. Arrivederci.', { kind: 'goodbye' }],
    ['it', 'Grazie.', { kind: 'statement' }],
  ] as const)('%s: %s', (language, utterance, heard) => {
    expect(understand(utterance, language)).toEqual(heard);
  });

  it('reads every number from 0 to 100 in words, both ways', () => {
    for (const language of ['en', 'it'] as const) {
      for (let value = 0; value <= 100; value += 1) {
        expect(readNumber(numberInWords(value, language), language)).toBe(value);
      }
    }
    expect([21, 28, 33, 100].map((value) => numberInWords(value, 'it'))).toEqual([
      'ventuno',
      'ventotto',
      'trentatré',
      'cento',
    ]);
  });
});

describe('a respondent', () => {
  const consent = 'Do you agree to take part?';

  it('gives the same numbers in range at every call, for every seed and number', () => {
    for (let index = 0; index < 200; index += 1) {
      const number = `+39333${10_000 + index}01`;
      const answers = [0, 1].map(() => {
        const respondent = new Respondent('cooperative', number, index);
        respondent.hear(consent, 'en');
        return respondent.hear('From 3 to 8, how was it?', 'en');
      });
      expect(answers[0]).toEqual(answers[1]);
      expect(JSON.stringify(answers[0])).toMatch(/\b[3-8]\b|three|four|five|six|seven|eight/i);
    }
  });

  it('gives a number when its free answer was not understood', () => {
    const respondent = new Respondent('cooperative', '+393330000001', 7);
    respondent.hear(consent, 'en');
    respondent.hear('Your shoe size, please?', 'en');
    expect(
      JSON.stringify(respondent.hear("Sorry, I didn't catch that. Your shoe size, please?", 'en')),
    ).toMatch(/\d|one|two|three|four|five|six|seven|eight|nine/i);
  });

  it('says nothing to a mere statement', () => {
    const respondent = new Respondent('cooperative', '+393330000001', 7);
    expect(respondent.hear('One moment.', 'en')).toEqual({ kind: 'wait' });
  });
});
