import { expect, it } from 'vitest';
import { appSources } from './sources.ts';

// What runs on a laptop is what runs in production: the application cannot tell who is at the other end.
it('nothing in the application knows whether the carrier is real', () => {
  const telling = /simulat|\bdemo\b|(^|[^\w-])(carrier|embedded|test)\//im;
  const offenders = appSources()
    .filter(({ text }) => telling.test(text))
    .map(({ file, text }) => `${file}: ${telling.exec(text)?.[0]}`);
  expect(offenders).toEqual([]);
});

it('only the configuration reads the environment', () => {
  const readers = appSources().filter(({ text }) => text.includes('process.env'));
  expect(readers.map(({ file }) => file)).toEqual(['app/infra/config/env.ts']);
});
