import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../app/api/http/routes.ts';
import { type Account, startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const ROLES = { admin: 'admin', manager: 'campaign_manager', viewer: 'viewer', guest: null } as const;
const ACCOUNTS = [null, 'guest', 'viewer', 'manager', 'admin'] as const;

/** What the declaration of a route promises to an account: a refusal, or being let in. */
function expected(access: unknown, account: Account | null): 401 | 403 | 'in' {
  if (access === 'public' || access === 'provider') return 'in';
  if (account === null) return 401;
  if (access === 'signed_in') return 'in';
  const role = ROLES[account];
  return role !== null && (access as readonly string[]).includes(role) ? 'in' : 403;
}

// Signing in and out is walked elsewhere: its routes answer by redirects, or end what the other cells need.
const cells = routes
  .filter((one) => one.access !== 'provider' && !/^\/api\/auth\/(log|callback)/.test(one.path))
  .flatMap((one) => ACCOUNTS.map((account) => ({ one, account, label: `${one.method} ${one.path}` })));

describe('every route and every account', () => {
  it.each(cells)('$label for $account', async ({ one, account }) => {
    const url = one.path.replaceAll(/:\w+/g, randomUUID());
    const answer = await api.call(account, one.method, url, one.method === 'GET' ? undefined : {});
    const promise = expected(one.access, account);
    if (promise === 'in') expect([401, 403, 500]).not.toContain(answer.status);
    else expect(answer.status).toBe(promise);
    if (answer.status >= 400) {
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const problem = (await answer.json()) as Record<string, unknown>;
      expect(problem).toMatchObject({
        status: answer.status,
        code: expect.any(String),
        request_id: expect.any(String),
      });
      expect(JSON.stringify(problem)).not.toMatch(/select |insert |at .*\.ts|node_modules/);
    }
  });

  it.each(routes.filter((one) => one.access === 'provider').map((one) => ({ one, label: one.path })))(
    '$label is for who can sign, and for no role',
    async ({ one }) => {
      const url = one.path.replaceAll(/:\w+/g, 'twilio');
      for (const account of [null, 'admin'] as const) {
        const answer = await api.call(account, one.method, url, {});
        expect(await answer.json()).toMatchObject({ status: 403, code: 'webhook.bad_signature' });
      }
    },
  );

  it('an id that is no id is not found, but only for those who may ask', async () => {
    expect((await api.call('viewer', 'GET', '/api/campaigns/42')).status).toBe(404);
    expect((await api.call(null, 'GET', '/api/campaigns/42')).status).toBe(401);
    expect((await api.call('viewer', 'GET', '/api/nothing')).status).toBe(404);
  });

  it('speaks the caller’s language', async () => {
    const answer = await fetch(`${api.origin}/api/campaigns`, {
      headers: { 'accept-language': 'it-IT,en;q=0.5' },
    });
    expect(await answer.json()).toMatchObject({ title: "Serve l'accesso" });
  });

  it('sends its headers with errors too', async () => {
    const answer = await fetch(`${api.origin}/api/campaigns`);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
