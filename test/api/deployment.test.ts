import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { markDraining } from '../../app/api/http/check-health.ts';
import { createHealthServer } from '../../app/api/http/health-server.ts';
import { startApi, type TestApi } from '../support/api.ts';

let api: TestApi | undefined;
let consoleDir: string;
beforeAll(async () => {
  consoleDir = await mkdtemp(path.join(tmpdir(), 'console-'));
  await mkdir(path.join(consoleDir, 'assets'));
  await writeFile(path.join(consoleDir, 'index.html'), '<title>the page</title>');
  await writeFile(path.join(consoleDir, 'assets/a-1234.js'), 'console.log(1)');
  await writeFile(path.join(consoleDir, 'assets/a-1234.js.br'), 'not really brotli');
});
afterAll(() => rm(consoleDir, { recursive: true }));
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

async function deployed(given: Record<string, string>): Promise<TestApi> {
  api = await startApi(given);
  return api;
}

describe('under https', () => {
  it('cookies are bound to the host and to https, and browsers are told to stay there', async () => {
    const { server } = await deployed({ PUBLIC_URL: 'https://surveys.example.org' });
    const answer = await server.inject({ url: '/api/auth/login' });
    const [cookie = ''] = [answer.headers['set-cookie']].flat();
    expect(cookie).toMatch(/^__Host-vsa_sign_in=/);
    for (const flag of [/; Secure/, /; HttpOnly/, /; SameSite=Lax/, /; Path=\//])
      expect(cookie).toMatch(flag);
    expect(cookie).not.toMatch(/Domain=/);
    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000');
  });
});

describe('the console', () => {
  it('is served on every path of its own, and on no other', async () => {
    const { origin } = await deployed({ CONSOLE_DIR: consoleDir });
    const get = (url: string, accept: string) => fetch(`${origin}${url}`, { headers: { accept } });
    for (const url of ['/', '/campaigns/42?tab=x']) {
      const page = await get(url, 'text/html,*/*');
      expect(await page.text()).toContain('the page');
      expect(page.headers.get('cache-control')).toBe('no-cache');
    }
    // A script follows the sign-in's redirects to the page itself.
    expect((await get('/campaigns', '*/*')).status).toBe(200);
    for (const url of ['/api/x', '/assets/missing.js', '/missing.js', '/webhooks/x', '/health/x']) {
      const missing = await get(url, 'text/html,*/*');
      expect([missing.status, missing.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ]);
    }
    expect((await get('/campaigns', 'application/json')).status).toBe(404);
    expect((await fetch(`${origin}/campaigns`, { method: 'POST' })).status).toBe(404);
  });

  it('keeps its assets for ever, compressed where the browser knows how', async () => {
    const { server } = await deployed({ CONSOLE_DIR: consoleDir });
    const headers = { 'accept-encoding': 'br' };
    const asset = await server.inject({ url: '/assets/a-1234.js', headers });
    expect(asset.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
    });
    expect(asset.headers['content-security-policy']).toContain("default-src 'self'");
  });
});

describe('limits', () => {
  it('hold for sign-ins of one address, and for requests of one account', async () => {
    const { call, origin } = await deployed({ SIGN_INS_PER_MINUTE: '2', REQUESTS_PER_MINUTE: '5' });
    const signIn = () => fetch(`${origin}/api/auth/login`, { redirect: 'manual' });
    const first = [await signIn(), await signIn(), await signIn()];
    expect(first.map(({ status }) => status)).toEqual([302, 302, 429]);
    expect(Number(first[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await call('viewer', 'GET', '/api/auth/me')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await call('admin', 'GET', '/api/auth/me')).status).toBe(200);
    expect((await fetch(`${origin}/health/live`)).status).toBe(200);
  });

  it('stop who guesses credentials, before the next guess is looked at', async () => {
    const { origin } = await deployed({ REQUESTS_PER_MINUTE: '3' });
    const guess = () => fetch(`${origin}/api/auth/me`, { headers: { cookie: 'vsa_session=guess' } });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await guess()).status);
    expect(statuses).toEqual([401, 401, 401, 401, 429]);
  });
});

describe('health', () => {
  it('is live and not ready without its database or while it drains', async () => {
    const { ctx, origin, db } = await deployed({});
    const ready = async () => {
      const answer = await fetch(`${origin}/health/ready`);
      return { status: answer.status, body: (await answer.json()) as { checks: Record<string, unknown> } };
    };
    expect(await ready()).toMatchObject({ status: 200, body: { status: 'degraded' } });
    await db.schema.alterTable('schema_migration').renameTo('gone').execute();
    expect(await ready()).toMatchObject({ status: 503, body: { checks: { migrations: { ok: false } } } });
    await db.schema.alterTable('gone').renameTo('schema_migration').execute();
    markDraining(ctx);
    expect(await ready()).toMatchObject({
      status: 503,
      body: { code: 'server.unavailable', checks: { lifecycle: { ok: false, detail: 'draining' } } },
    });
    expect((await fetch(`${origin}/health/live`)).status).toBe(200);
  });

  it('says 503, not 500, where PostgreSQL cannot be reached', async () => {
    const { server, token } = await deployed({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    const authorization = `Bearer ${await token('admin')}`;
    const answer = await server.inject({ url: '/api/campaigns', headers: { authorization } });
    expect(answer.json()).toMatchObject({ status: 503, code: 'server.unavailable' });
    expect((await server.inject({ url: '/health/ready' })).json()).toMatchObject({
      checks: { postgres: { ok: false } },
    });
  });

  it('shows the metrics to who has the token, also where only health is served', async () => {
    const { ctx, server } = await deployed({ METRICS_TOKEN: 'a-token-for-metrics' });
    const health = await createHealthServer(ctx);
    for (const one of [server, health]) {
      expect((await one.inject({ url: '/metrics' })).statusCode).toBe(401);
      const headers = { authorization: 'Bearer a-token-for-metrics' };
      const shown = await one.inject({ url: '/metrics', headers });
      expect([shown.statusCode, shown.headers['content-type']]).toEqual([
        200,
        expect.stringContaining('text/plain'),
      ]);
    }
    expect((await health.inject({ url: '/api/campaigns' })).statusCode).toBe(404);
    await health.close();
  });
});
