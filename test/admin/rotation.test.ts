import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openCredentials } from '../../app/admin/credentials.ts';
import { rotateKeys } from '../../app/admin/rotate-keys.ts';
import { loadSettings } from '../../app/admin/settings.ts';
import { settingsInput, updateSettings } from '../../app/admin/update-settings.ts';
import { openIdToken, sealIdToken } from '../../app/auth/id-token.ts';
import type { Actor } from '../../app/auth/user.ts';
import { readConfig } from '../../app/infra/config/config.ts';
import { withKeysFromKms } from '../../app/infra/config/keys-from-kms.ts';
import { keyVersion, withPrevious } from '../../app/infra/crypto/encryption.ts';
import { newId } from '../../app/infra/db/id.ts';
import { testDatabase } from '../support/database.ts';

const NOW = new Date('2026-11-25T11:00:00Z');
const [OLD, NEW] = [randomBytes(32), randomBytes(32)];
const BOTH = withPrevious(NEW, [OLD]);
const ADMIN: Actor = { user_id: newId(), role: 'admin', email: 'a@example.com', name: 'A', session_id: null };

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase();
  const times = { created_at: NOW, updated_at: NOW };
  await database.db
    .insertInto('user')
    .values({
      id: ADMIN.user_id,
      oidc_issuer: 'i',
      oidc_sub: 's',
      email: 'a@example.com',
      name: 'A',
      ...times,
    })
    .execute();
});
afterAll(() => database.close());

async function put(encryptionKey: Buffer, api_key: string) {
  const deps = { db: database.db, encryptionKey, providers: { telephony_api: [], voice_ai_platform: [] } };
  await updateSettings(deps, { input: settingsInput.parse({ llm: { api_key } }), actor: ADMIN, now: NOW });
}
const read = async (key: Buffer) => openCredentials(key, (await loadSettings(database.db)).credentials);

async function session(key: Buffer, token: string, revoked_at: Date | null = null): Promise<string> {
  const id = newId();
  const times = { created_at: NOW, last_seen_at: NOW, expires_at: NOW, revoked_at };
  const id_token = sealIdToken(key, id, token);
  await database.db
    .insertInto('session')
    .values({ id, token_hash: randomBytes(32), user_id: ADMIN.user_id, id_token, ...times })
    .execute();
  return id;
}

it('the key is exchanged while secrets are written and read all the time', async () => {
  await put(OLD, 'the first secret');
  const sessions = await Promise.all(Array.from({ length: 300 }, (_, at) => session(OLD, `token ${at}`)));
  const over = await session(OLD, 'of a session that is over', NOW);
  const writing = (async () => {
    for (let at = 0; at < 20; at += 1) await put(BOTH, `secret ${at}`);
  })();
  const reading = (async () => {
    for (let at = 0; at < 50; at += 1) expect((await read(BOTH)).api_key).toMatch(/^(the first )?secret/);
  })();
  await Promise.all([rotateKeys(database.db, { encryptionKey: BOTH, now: NOW }), writing, reading]);
  await rotateKeys(database.db, { encryptionKey: BOTH, now: NOW });

  expect(await rotateKeys(database.db, { encryptionKey: BOTH, now: NOW })).toEqual({
    credentials: 0,
    sessions: 0,
  });
  expect(await read(NEW)).toEqual({ api_key: 'secret 19' });
  await expect(read(OLD)).rejects.toThrow();
  const rows = await database.db.selectFrom('session').select(['id', 'id_token']).execute();
  const tokens = new Map(rows.map(({ id, id_token }) => [id, id_token]));
  sessions.forEach((id, at) => {
    expect(openIdToken(NEW, id, tokens.get(id)!)).toBe(`token ${at}`);
  });
  expect(tokens.get(over)).toBeNull();
  const entry = await database.db
    .selectFrom('audit_log_entry')
    .select(['action', 'entity_id'])
    .where('action', '=', 'keys.rotated')
    .executeTakeFirst();
  expect(entry).toEqual({ action: 'keys.rotated', entity_id: keyVersion(NEW) });
});

it('a token opens in the row of its session only', async () => {
  const [one, two] = [newId(), newId()];
  expect(() => openIdToken(OLD, two, sealIdToken(OLD, one, 't'))).toThrow();
});

let closing: (() => void) | undefined;
afterEach(() => closing?.());

it('keys come from KMS, by its own protocol', async () => {
  const asked: { target: unknown; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      asked.push({ target: request.headers['x-amz-target'], body });
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      const refuses = JSON.parse(body).CiphertextBlob === Buffer.from('not ours').toString('base64');
      response.statusCode = refuses ? 400 : 200;
      response.end(
        JSON.stringify(
          refuses
            ? { __type: 'InvalidCiphertextException' }
            : { Plaintext: NEW.toString('base64'), KeyId: 'k' },
        ),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing = () => server.close();
  const aws = {
    AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-south-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  const before = { ...process.env };
  Object.assign(process.env, aws);
  const sealed = Buffer.from('sealed by kms').toString('base64');
  const found = await withKeysFromKms({ ENCRYPTION_KEY_KMS: sealed });
  const refused = await withKeysFromKms({
    ENCRYPTION_KEY_KMS: Buffer.from('not ours').toString('base64'),
  });
  for (const name of Object.keys(aws)) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  expect(found).toMatchObject({ env: { ENCRYPTION_KEY: NEW.toString('base64') }, faults: [] });
  expect(asked[0]).toMatchObject({
    target: 'TrentService.Decrypt',
    body: JSON.stringify({ CiphertextBlob: sealed }),
  });
  expect(refused.faults).toEqual(['ENCRYPTION_KEY_KMS: cannot be read (InvalidCiphertextException)']);
});

it('a key given in two ways is a fault, and so is one that is none', async () => {
  const { faults } = await withKeysFromKms({ ENCRYPTION_KEY: 'x', ENCRYPTION_KEY_KMS: 'y' });
  expect(faults).toEqual(['ENCRYPTION_KEY_KMS: is set beside ENCRYPTION_KEY; only one of them may be']);
  expect(readConfig({ ENCRYPTION_KEY_PREVIOUS: 'short' })).toMatchObject({
    faults: expect.arrayContaining([expect.stringContaining('ENCRYPTION_KEY_PREVIOUS: must be keys')]),
  });
});
