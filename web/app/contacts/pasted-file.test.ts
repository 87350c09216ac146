import { expect, it } from 'vitest';
import { pastedFile } from './pasted-file.ts';

it.each([
  ['+393331234501\n+393331234502', 'phone_number\n+393331234501\n+393331234502'],
  ['phone_number\temail\n+39\ta@example.net', 'phone_number\temail\n+39\ta@example.net'],
  ['Telefono\n333 1234501', 'Telefono\n333 1234501'],
])('%j is a file with a header', async (text, content) => {
  const file = pastedFile(text, 'pasted.csv');
  expect(await file.text()).toBe(content);
  expect(file.name).toBe('pasted.csv');
});
