import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

it('every index is documented with what it is for, and nothing else is', () => {
  const made = [...read('app/infra/db/schema.sql').matchAll(/^CREATE (?:UNIQUE )?INDEX (\w+)/gm)].map(
    ([, name]) => name,
  );
  const told = [...read('docs/indexes.md').matchAll(/^\| `(\w+)` \| \S/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual(made.sort());
});
