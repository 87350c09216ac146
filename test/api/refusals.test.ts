import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../app/api/http/routes.ts';
import { startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe('a refusal', () => {
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
