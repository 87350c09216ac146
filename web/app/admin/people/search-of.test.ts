import { expect, it } from 'vitest';
import { searchOf } from './search-of.ts';

it.each([
  [' ada@example.net ', 'IT', { email: 'ada@example.net' }],
  ['02 9999 0000', 'IT', { phone_number: '02 9999 0000', default_country: 'IT' }],
  ['+393471234567', null, { phone_number: '+393471234567' }],
  ['  ', 'IT', null],
])('%s is looked for as it is meant', (text, country, search) => {
  expect(searchOf(text, country)).toEqual(search);
});
