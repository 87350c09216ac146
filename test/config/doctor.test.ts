import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT_SID, type Deployed, deployed } from '../deployment/deployed.ts';

const ROOT = path.join(import.meta.dirname, '../..');

let product: Deployed;
beforeAll(async () => {
  product = await deployed({ speed: 10 });
});
afterAll(() => product.stop());

type Finding = { check: string; state: 'ok' | 'note' | 'wrong'; says: string };

function run(args: string[], changed: Record<string, string> = {}) {
  const env = { ...product.settings, PORT: '0', ...changed };
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, ['app/main.ts', ...args], { cwd: ROOT, env }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

async function examine(changed: Record<string, string> = {}) {
  const { code, out } = await run(['doctor', '--json'], changed);
  const findings = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
  return { code, by: Object.fromEntries(findings.map((one) => [one.check, one])) };
}

describe('doctor', () => {
  it('finds nothing wrong with a deployment that is whole, and says what it asked', async () => {
    await product.start('api');
    await product.openLines();
    const { code, by } = await examine();
    expect(by).toMatchObject({
      settings: { state: 'ok' },
      database: { state: 'ok', says: expect.stringMatching(/^PostgreSQL \d+/) },
      schema: { state: 'ok' },
      queues: { state: 'ok' },
      keys: { state: 'ok', says: 'ENCRYPTION_KEY opens the stored credentials' },
      issuer: { state: 'ok' },
      telephony: { state: 'ok', says: 'twilio accepts our credentials' },
      model: { state: 'ok' },
      mail: { state: 'ok' },
      'public address': { state: 'ok' },
    });
    expect(code).toBe(0);
  });

  it.each([
    [
      'database',
      { DATABASE_URL: 'postgres://x@127.0.0.1:9/y' },
      'PostgreSQL at 127.0.0.1:9 cannot be reached: nothing listens there',
    ],
    ['issuer', { OIDC_ISSUER: 'http://127.0.0.1:9' }, 'the issuer http://127.0.0.1:9 cannot be asked'],
    [
      'telephony',
      { TWILIO_BASE_URL: 'http://127.0.0.1:9' },
      'Twilio gives no answer that counts (ECONNREFUSED)',
    ],
    ['mail', { SMTP_URL: 'smtp://127.0.0.1:9' }, 'the mail server cannot be reached: nothing listens there'],
    [
      'keys',
      { ENCRYPTION_KEY: randomBytes(32).toString('base64') },
      'ENCRYPTION_KEY does not open the stored credentials',
    ],
    [
      'traces',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector.invalid:4318' },
      'the collector at http://collector.invalid:4318 cannot be found',
    ],
  ])('says in a sentence what is wrong with: %s', async (check, changed, sentence) => {
    const { code, by } = await examine(changed);
    expect(by[check]).toMatchObject({ state: 'wrong', says: expect.stringContaining(sentence) });
    expect(code).toBe(1);
  });

  it('names the settings that make no sense, and asks nobody then', async () => {
    const { code, out } = await run(['doctor'], { PUBLIC_URL: 'surveys', OTEL_TRACES_SAMPLER_ARG: '7' });
    expect(code).toBe(1);
    expect(out.trim().split('\n')).toEqual([
      expect.stringMatching(/^wrong {2}settings {2}PUBLIC_URL: /),
      expect.stringMatching(/^wrong {2}settings {2}OTEL_TRACES_SAMPLER_ARG: /),
    ]);
  });
});

describe('seed', () => {
  it('sows a user of each role, leaves a provider alone, and does nothing twice', async () => {
    const first = await run(['seed']);
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('provider: twilio, as it was');
    expect((await run(['seed'])).out).toBe(first.out);
    const users = await product.db.selectFrom('user').select(['email', 'role']).orderBy('email').execute();
    expect(users).toEqual([
      { email: 'admin@example.com', role: 'admin' },
      { email: 'manager@example.com', role: 'campaign_manager' },
      { email: 'viewer@example.com', role: 'viewer' },
    ]);
  });

  it('sows a provider where there is none', async () => {
    await product.db
      .updateTable('provider_config')
      .set({ provider_name: null, outbound_number: null, credentials: '{}' })
      .execute();
    expect((await run(['seed'])).out).toContain(`account AC${'0'.repeat(32)}`);
    const { telephony } = await product.call('admin', 'GET', '/api/admin/config');
    expect(telephony).toMatchObject({
      provider_name: 'twilio',
      outbound_number: expect.stringMatching(/^\+39/),
      credentials: { account_sid: { configured: true }, auth_token: { configured: true } },
    });
    expect(telephony.credentials.account_sid.last_four).not.toBe(ACCOUNT_SID.slice(-4));
  });

  it('never happens in production', async () => {
    const { code, err } = await run(['seed'], { NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(err).not.toBe('');
  });
});

describe('a newer database', () => {
  it('is not started on, unless the newer version only added to it', async () => {
    await product.db
      .insertInto('schema_migration' as never)
      .values({ name: '9999-from-the-future' } as never)
      .execute();
    for (const name of ['api', 'scheduler', 'worker', 'all']) {
      expect(await run([name])).toMatchObject({
        code: 1,
        err: 'The database is newer than this program: 9999-from-the-future\n',
      });
    }
    await product.db
      .updateTable('schema_migration' as never)
      .set({ expands: true } as never)
      .where('name' as never, '=', '9999-from-the-future' as never)
      .execute();
    const beside = await product.start('worker');
    expect((await fetch(`http://127.0.0.1:${beside.port}/health/ready`)).status).toBe(200);
  });
});
