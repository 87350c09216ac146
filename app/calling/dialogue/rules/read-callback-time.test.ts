import { expect, it } from 'vitest';
import { normalise } from './normalise.ts';
import { readCallbackTime } from './read-callback-time.ts';

it.each<['en' | 'it', string, number | null]>([
  ['en', 'call me in an hour', 60],
  ['en', 'in half an hour, please', 30],
  ['en', 'try me in about two hours', 120],
  ['en', 'in 45 minutes', 45],
  ['en', 'call back tomorrow', 1_440],
  ['en', 'next week', 10_080],
  ['en', 'tonight', 360],
  ['en', 'later', null],
  ['en', 'in a while', null],
  ['en', 'in minus two hours', null],
  ['it', "mi richiami tra un'ora", 60],
  ['it', "fra mezz'ora", 30],
  ['it', 'tra due ore', 120],
  ['it', 'tra 20 minuti', 20],
  ['it', 'domani', 1_440],
  ['it', 'la settimana prossima', 10_080],
  ['it', 'stasera', 360],
  ['it', 'più tardi', null],
])('%s: %s', (language, text, minutes) => {
  expect(readCallbackTime(normalise(text, language), language)).toBe(minutes);
});
