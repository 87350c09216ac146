import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RequestCounts } from '../../app/api/http/request-counts.ts';
import { createServer } from '../../app/api/http/server.ts';
import { createContext } from '../../app/context.ts';
import { freePort } from '../../embedded/free-port.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { testDatabase } from '../support/database.ts';
import { waitFor } from '../support/wait-for.ts';

const LIMIT = 20;
let first: TestApi;
/** A second process on the same database, as far as its memory and its connections are concerned. */
let second: { origin: string; stop(): Promise<void> };
beforeAll(async () => {
  first = await startApi({ REQUESTS_PER_MINUTE: String(LIMIT), BAD_SIGNATURES_PER_MINUTE: '3' });
  const port = await freePort();
  const ctx = createContext(first.ctx.config);
  const server = await createServer(ctx);
  await server.listen({ host: '127.0.0.1', port });
  const stop = async () => {
    await server.close();
    await ctx.close();
  };
  second = { origin: `http://127.0.0.1:${port}`, stop };
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

describe('a limit', () => {
  it('is counted by all processes together', async () => {
    const token = await first.token('viewer');
    const ask = async (origin: string) =>
      (await fetch(`${origin}/api/auth/me`, { headers: { authorization: `Bearer ${token}` } })).status;
    const shared = async () =>
      (await first.db.selectFrom('request_count').select('count').orderBy('count', 'desc').executeTakeFirst())
        ?.count;
    for (let n = 0; n < LIMIT; n += 1) expect(await ask(first.origin)).toBe(200);
    await waitFor('the counts to be shared', async () => (await shared()) === LIMIT);
    let allowed = 0;
    await waitFor('the second process to refuse', async () => {
      const status = await ask(second.origin);
      if (status === 200) allowed += 1;
      const before = await shared();
      await waitFor('its counts to be shared', async () => (await shared()) !== before, 1_500).catch(
        () => {},
      );
      return status === 429;
    });
    expect(allowed).toBeLessThan(LIMIT / 2);
  });

  it('refuses wrong signatures past their number, and nothing that is signed or serves life signs', async () => {
    const url = `${first.origin}/webhooks/telephony/events`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = async () => (await fetch(url, { method: 'POST', headers, body: 'a=b' })).status;
    expect([await post(), await post(), await post(), await post()]).toEqual([403, 403, 403, 429]);
    expect((await fetch(`${first.origin}/health/live`)).status).toBe(200);
  });
});

describe('counts', () => {
  const MINUTE = 60_000;
  let nowMs = Date.UTC(2026, 10, 23, 12);
  const counts = () => new RequestCounts(() => nowMs);

  it('begin anew when the window of their first request is over', () => {
    const one = counts();
    expect(one.add('k', MINUTE)).toEqual({ current: 1, ttl: MINUTE });
    nowMs += 59_000;
    expect(one.add('k', MINUTE)).toEqual({ current: 2, ttl: 1_000 });
    expect(one.read('k').current).toBe(2);
    nowMs += 1_000;
    expect(one.read('k').current).toBe(0);
    expect(one.add('k', MINUTE)).toEqual({ current: 1, ttl: MINUTE });
  });

  it('add up over processes, each counted once, in one window', async () => {
    const { db, close } = await testDatabase();
    const [one, two] = [counts(), counts()];
    for (let n = 0; n < 3; n += 1) one.add('k', MINUTE);
    await one.settle(db);
    nowMs += 10_000;
    two.add('k', MINUTE);
    two.add('other', MINUTE);
    await Promise.all([two.settle(db), one.settle(db)]);
    expect(two.read('k')).toEqual({ current: 4, ttl: 50_000 });
    one.add('k', MINUTE);
    await Promise.all([one.settle(db), two.settle(db)]);
    expect(one.read('k').current).toBe(5);
    nowMs += 50_000;
    two.add('k', MINUTE);
    await two.settle(db);
    expect(two.read('k')).toEqual({ current: 1, ttl: MINUTE });
    await close();
  });

  it('are kept by the process while the database cannot be asked', async () => {
    const { db, close } = await testDatabase();
    const one = counts();
    one.add('k', MINUTE);
    await close();
    await expect(one.settle(db)).rejects.toThrow();
    expect(one.add('k', MINUTE).current).toBe(2);
  });
});
