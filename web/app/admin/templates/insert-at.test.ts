import { expect, it } from 'vitest';
import { insertAt } from './insert-at.ts';

it.each([
  ['Hi , thanks', 3, { text: 'Hi {{ x }}, thanks', cursor: 10 }],
  ['', 0, { text: '{{ x }}', cursor: 7 }],
  ['Hi', 99, { text: 'Hi{{ x }}', cursor: 9 }],
])('puts a variable into %o at %i', (text, position, result) => {
  expect(insertAt(text, position, '{{ x }}')).toEqual(result);
});
