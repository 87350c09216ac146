import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../app/api/http/server.ts';
import type { Role } from '../../app/auth/user.ts';
import { type Context, createContext } from '../../app/context.ts';
import { readConfig } from '../../app/infra/config/config.ts';
import { sha256 } from '../../app/infra/crypto/hash.ts';
import { newId } from '../../app/infra/db/id.ts';
import { type World, world } from '../calling/world.ts';
import { type History, writeHistories } from './histories.ts';

let w: World;
let ctx: Context;
let server: Awaited<ReturnType<typeof createServer>>;
let get: (role: Role, url: string) => Promise<Response>;
beforeAll(async () => {
  w = await world();
  ctx = contextOn(w.url);
  server = await createServer(ctx);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const cookies = { viewer: await signIn('viewer'), campaign_manager: await signIn('campaign_manager') };
  get = (role, url) => {
    const cookie = cookies[role as keyof typeof cookies];
    return fetch(`http://127.0.0.1:${port}${url}`, { headers: { cookie: `vsa_session=${cookie}` } });
  };
});
afterAll(async () => {
  await server.close();
  await ctx.close();
  await w.close();
});

function contextOn(url: string): Context {
  const key = () => randomBytes(32).toString('base64');
  const read = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    OIDC_ISSUER: 'http://localhost:9',
    OIDC_CLIENT_ID: 'c',
    OIDC_CLIENT_SECRET: 's',
    OIDC_AUDIENCE: 'a',
    ENCRYPTION_KEY: key(),
    PHONE_HASH_KEY: key(),
    LOG_LEVEL: 'silent',
  });
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return createContext(read.config);
}

/** The body of an answer that a test looks into field by field. */
async function json<T>(role: Role, url: string): Promise<T> {
  return (await (await get(role, url)).json()) as T;
}

/** A session as the sign-in leaves it; answers the cookie's value. */
async function signIn(role: Role): Promise<string> {
  const now = new Date();
  const user_id = newId();
  const who = { oidc_issuer: 'i', oidc_sub: role, email: `${role}@example.com`, name: role, role };
  await w.db
    .insertInto('user')
    .values({ id: user_id, ...who, created_at: now, updated_at: now })
    .execute();
  const token = randomBytes(16).toString('hex');
  const expires_at = new Date(now.getTime() + 3_600_000);
  const times = { created_at: now, last_seen_at: now, expires_at };
  await w.db
    .insertInto('session')
    .values({ id: newId(), user_id, token_hash: sha256(token), ...times })
    .execute();
  return token;
}

const COMPLETED: History = {
  state: 'completed',
  not_reached_reason: null,
  calls: [
    { disposition: 'completed', minute: 1, talked: 60, consent: 'granted', latencies: [12], partial: 0 },
  ],
  answers: ['4', null, 'more bread'],
};
const BROKEN_OFF: History = {
  state: 'pending',
  not_reached_reason: null,
  calls: [{ disposition: 'break_off', minute: 1, talked: 60, consent: 'granted', latencies: [], partial: 2 }],
  answers: null,
};

async function callOf(history: History): Promise<string> {
  const { campaign_id } = await writeHistories(w, [history]);
  const call = w.db.selectFrom('call_attempt').select('call_id').where('campaign_id', '=', campaign_id);
  return (await call.executeTakeFirstOrThrow()).call_id;
}

describe('a call', () => {
  it('shows a manager the evidence and the answers with the words they were taken from', async () => {
    const call = await json('campaign_manager', `/api/calls/${await callOf(COMPLETED)}`);
    expect(call).toMatchObject({
      outcome: 'completed',
      disposition: 'completed',
      attempt_number: 1,
      consent: { decision: 'granted', words: 'as it was said', reason: 'no time', script_version: 1 },
      transcript: [{ position: 0, speaker: 'agent', text: 'Hello', latency_ms: 12 }],
      answers: [
        { question: 1, type: 'scale', answer: '4', status: 'answered', words: 'well, so' },
        { question: 2, type: 'numeric', answer: null, status: 'refused' },
        { question: 3, type: 'free_text', answer: 'more bread', status: 'answered' },
      ],
      recording_url: null,
    });
    expect(call).not.toHaveProperty('metadata');
    expect(call).not.toHaveProperty('phone_number');
  });

  it('shows a viewer what was decided and no word that was said', async () => {
    const response = await get('viewer', `/api/calls/${await callOf(COMPLETED)}`);
    const text = await response.text();
    for (const said of ['as it was said', 'no time', 'Hello', 'well, so', 'more bread']) {
      expect(text).not.toContain(said);
    }
    expect(JSON.parse(text)).toMatchObject({
      consent: { decision: 'granted', words: null },
      transcript: [],
      answers: [{ answer: '4' }, { status: 'refused' }, { answer: null, status: 'answered' }],
    });
  });

  it('that broke off keeps its answers to itself', async () => {
    const url = `/api/calls/${await callOf(BROKEN_OFF)}`;
    const { answers } = await json<{ answers: { question: number }[] }>('campaign_manager', url);
    expect(answers.map(({ question }) => question)).toEqual([1, 2]);
  });

  it.each([newId(), 'no-id'])('that is not there is 404 (%s)', async (id) => {
    expect((await get('viewer', `/api/calls/${id}`)).status).toBe(404);
  });
});

describe('an export', () => {
  it('is a file for managers, not for viewers', async () => {
    const { campaign_id } = await writeHistories(w, [COMPLETED]);
    expect((await get('viewer', `/api/campaigns/${campaign_id}/export`)).status).toBe(403);
    const file = await get('campaign_manager', `/api/campaigns/${campaign_id}/export?reason=weekly`);
    expect(file.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="campaign-.*\.csv"/);
    expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(2);
    const kept = { user_name: 'campaign_manager', format: 'csv', reason: 'weekly' };
    expect(await json('viewer', `/api/campaigns/${campaign_id}/exports`)).toMatchObject({ items: [kept] });
  });

  it('that fails midway breaks the connection: a short file never looks whole', async () => {
    const { campaign_id } = await writeHistories(w, []);
    const zone = await w.zoneSet('IT', ['Europe/Rome']);
    await sql`
      insert into contact (id, campaign_id, phone_number, time_zones, zone_set_id, state, excluded_reason, created_at, updated_at)
      select new_id(), ${campaign_id}, '+39' || (3000000000 + n), '{Europe/Rome}', ${zone}, 'excluded', 'list', now(), now()
      from generate_series(1, 100000) n`.execute(w.db);
    const file = await get('campaign_manager', `/api/campaigns/${campaign_id}/export`);
    const reader = file.body!.getReader();
    await reader.read();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'copy (select%'`.execute(w.db);
    const readOn = async () => {
      while (!(await reader.read()).done);
    };
    await expect(readOn()).rejects.toThrow();
  });
});

describe('the figures', () => {
  it('are for everybody, and checked before they are asked for', async () => {
    const { campaign_id } = await writeHistories(w, [COMPLETED, BROKEN_OFF]);
    const url = `/api/campaigns/${campaign_id}/stats`;
    const stats = await json('viewer', `${url}?bucket=hour&from=2026-11-25T00:00:00Z`);
    const counts = { total_contacts: 2, attempted: 2, attempts_total: 2 };
    expect(stats).toMatchObject({ ...counts, completion_rate: 0.5, aapor: { RR1: 0.5, e: 1 } });
    expect((await get('viewer', `${url}?bucket=year`)).status).toBe(422);
    expect((await get('viewer', `/api/campaigns/${newId()}/stats`)).status).toBe(404);
  });
});
