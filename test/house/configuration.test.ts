import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readConfig, SETTINGS } from '../../app/infra/config/config.ts';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37) % 256)).toString('base64');
const GOOD = {
  DATABASE_URL: 'postgres://localhost/x',
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_CLIENT_ID: 'a',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-client',
  OIDC_AUDIENCE: 'c',
  ENCRYPTION_KEY: KEY,
  PHONE_HASH_KEY: KEY,
};

it('every setting is documented', () => {
  const docs = readFileSync(path.join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const missing = Object.keys(SETTINGS.shape).filter((name) => !docs.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

it.each(Object.keys(GOOD))('%s is required, and its absence is a readable line', (name) => {
  expect(readConfig({ ...GOOD, [name]: undefined })).toEqual({
    faults: [expect.stringContaining(`${name}: `)],
  });
});

it.each([
  ['PORT', 'eighty'],
  ['ENCRYPTION_KEY', 'short'],
  ['OIDC_ISSUER', 'ftp://x'],
  ['OIDC_ROLE_MAP', '{"a":"king"}'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name', (name, value) => {
  expect(readConfig({ ...GOOD, [name]: value })).toEqual({ faults: [expect.stringContaining(`${name}: `)] });
});

it('production takes no plain http and no guessable key', () => {
  const guessable = Buffer.alloc(32, 1).toString('base64');
  const read = readConfig({
    ...GOOD,
    NODE_ENV: 'production',
    OIDC_ISSUER: 'http://x.example',
    ENCRYPTION_KEY: guessable,
  });
  expect(read).toEqual({
    faults: [
      'OIDC_ISSUER: must be https in production',
      'PUBLIC_URL: must be https in production',
      'ENCRYPTION_KEY: is not random',
    ],
  });
});

it('never prints a secret', () => {
  const read = readConfig(GOOD);
  expect(JSON.stringify(read)).not.toContain(KEY);
  expect(JSON.stringify(read)).toContain('[secret]');
});
