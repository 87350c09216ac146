import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer } from '../../app/api/http/server.ts';
import { type Account, startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ CONSOLE_NOTICE_EN: 'Nobody is being called' });
});
afterAll(() => api.stop());

async function me(account: Account, language: string, server = api.server) {
  const authorization = `Bearer ${await api.token(account)}`;
  const headers = { authorization, 'accept-language': language };
  return (await server.inject({ url: '/api/auth/me', headers })).json();
}

it('whoever is signed in reads what the deployment says, in the language there is', async () => {
  expect(await me('viewer', 'en')).toMatchObject({ notice: 'Nobody is being called', warnings: null });
  expect(await me('guest', 'it')).toMatchObject({ notice: 'Nobody is being called', role: null });
});

it('in production administrators, and they alone, hear which countries’ law only advises', async () => {
  expect(await me('admin', 'en')).toMatchObject({ warnings: null });
  const ctx = { ...api.ctx, config: { ...api.ctx.config, node_env: 'production' as const } };
  const production = await createServer(ctx);
  expect(await me('admin', 'en', production)).toMatchObject({
    warnings: { advising: ['GB', 'IT', 'US', 'unknown'] },
  });
  expect(await me('manager', 'en', production)).toMatchObject({ warnings: null });
  await api.call('admin', 'PUT', '/api/admin/jurisdictions/IT', { mode: 'enforce', reason: 'counsel' });
  expect((await me('admin', 'en', production)).warnings.advising).toEqual(['GB', 'US', 'unknown']);
  await production.close();
});
