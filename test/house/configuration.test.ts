import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../app/infra/config/config.ts';
import { SETTINGS } from '../../app/infra/config/settings.ts';

const KEY = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37) % 256)).toString('base64');
const OTHER_KEY = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 59 + 3) % 256)).toString('base64');
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

it.each([
  ['OIDC_CLIENT_SECRET', 'short', 'must have at least 16 characters in production'],
  ['OIDC_CLIENT_SECRET', 'change-me-change-me', 'is a placeholder'],
  ['OIDC_CLIENT_SECRET', 'your_client_secret_123', 'is a placeholder'],
  ['METRICS_TOKEN', 'aaaaaaaaaaaaaaaaaaaa', 'is a placeholder'],
  ['DATABASE_URL', 'postgres://surveys:postgres@db.example/surveys', 'has a default password'],
  ['ENCRYPTION_KEY', Buffer.from('0123456789abcdef0123456789ABCDEF').toString('base64'), 'is not random'],
  ['PHONE_HASH_KEY', KEY, 'must not be the same as ENCRYPTION_KEY'],
  ['TWILIO_BASE_URL', 'http://twilio.example', 'must be https in production'],
])('production refuses %s=%s in one line', (name, value, sentence) => {
  const sound = {
    ...GOOD,
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://surveys.example',
    PHONE_HASH_KEY: OTHER_KEY,
  };
  expect(readConfig(sound)).toHaveProperty('config');
  expect(readConfig({ ...sound, [name]: value })).toEqual({ faults: [`${name}: ${sentence}`] });
});

it('never prints a secret', () => {
  const read = readConfig(GOOD);
  expect(JSON.stringify(read)).not.toContain(KEY);
  expect(JSON.stringify(read)).toContain('[secret]');
});
