import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reconcileCalls } from '../../app/calling/reconcile-calls.ts';
import { runScheduler } from '../../app/calling/scheduler/run-scheduler.ts';
import { twilioProvider } from '../../app/calling/telephony/twilio/twilio-provider.ts';
import type { Fact } from '../../carrier/journal.ts';
import { startCarrier } from '../../carrier/start-carrier.ts';
import { waitFor } from '../support/wait-for.ts';
import { webhookServer } from './webhook-server.ts';
import { ACCOUNT, AUTH_TOKEN, type World, world } from './world.ts';

const SPEED = 200;
let w: World;
let app: FastifyInstance;
let carrier: Awaited<ReturnType<typeof startCarrier>>;
let dataDir: string;

beforeAll(async () => {
  w = await world();
  app = await webhookServer(w.ctx);
  dataDir = await mkdtemp(path.join(tmpdir(), 'calls-'));
  carrier = await startCarrier({
    accountSid: ACCOUNT,
    authToken: AUTH_TOKEN,
    dataDir,
    speed: SPEED,
    seed: 7,
  });
  const public_url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const provider = twilioProvider({
    account_sid: ACCOUNT,
    auth_token: AUTH_TOKEN,
    base_url: carrier.url,
    public_url,
    timeout_ms: 1_000,
  });
  Object.assign(w.ctx, {
    now: () => new Date(),
    provider: async () => provider,
    log: { info: () => {}, warn: () => {}, error: console.error },
    config: { ...w.ctx.config, public_url },
  });
});
afterAll(async () => {
  await app.close();
  await carrier.stop();
  await w.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function facts(): Promise<Fact[]> {
  const text = await (await fetch(`${carrier.url}/log`)).text();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Fact);
}

async function putFaults(faults: Record<string, number>): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${carrier.url}/faults`, { method: 'PUT', headers, body: JSON.stringify(faults) });
}

async function runToTheEnd(campaign: string): Promise<void> {
  const stop = new AbortController();
  const running = runScheduler(w.ctx, stop.signal);
  await waitFor('the end of the campaign', async () => {
    const { status } = await w.db
      .selectFrom('campaign')
      .select('status')
      .where('id', '=', campaign)
      .executeTakeFirstOrThrow();
    return status === 'completed';
  });
  stop.abort();
  await running;
}

const ALWAYS = {
  allowed_call_start_local: '00:00',
  allowed_call_end_local: '23:59',
  allowed_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  call_on_public_holidays: true,
  max_attempts: 1,
};

async function outcomes(campaign: string) {
  const rows = await w.db
    .selectFrom('contact as k')
    .leftJoin('call_attempt as a', 'a.contact_id', 'k.id')
    .select(['k.phone_number', 'k.state', 'k.attempts_count', 'a.disposition', 'a.outcome'])
    .where('k.campaign_id', '=', campaign)
    .orderBy('k.phone_number')
    .execute();
  return Object.fromEntries(
    rows.map(({ phone_number, state, disposition }) => [phone_number.slice(-2), `${state} ${disposition}`]),
  );
}

it('calls the whole cast, and each ends as it is', async () => {
  const campaign = await w.campaign({ ...ALWAYS, translated: true });
  for (let n = 1; n <= 11; n += 1) {
    const phone_number = `+3933312340${String(n).padStart(2, '0')}`;
    await w.contacts(campaign, 1, { phone_number, preferred_language: n % 2 === 0 ? 'it' : 'en' });
  }
  await runToTheEnd(campaign);
  expect(await outcomes(campaign)).toEqual({
    '01': 'completed completed',
    '02': 'refused refusal',
    '03': 'refused opt_out',
    '04': 'completed completed',
    '05': 'completed completed',
    '06': expect.stringMatching(/^(completed completed|not_reached no_explicit_consent)$/),
    '07': 'not_reached no_answer',
    '08': 'not_reached busy',
    '09': 'not_reached answering_machine',
    '10': 'not_reached break_off',
    '11': 'not_reached invalid_number',
  });
  const dialled = (await facts()).filter(({ fact }) => fact === 'accepted');
  expect(dialled).toHaveLength(11);
});

it('keeps its promises when the carrier does not keep its own', async () => {
  await putFaults({
    create_429: 0.2,
    create_500: 0.2,
    create_reset: 0.1,
    accept_then_timeout: 0.2,
    webhook_lost: 0.2,
    webhook_duplicated: 0.3,
    webhook_reordered: 0.3,
    webhook_wrong_signature: 0.1,
  });
  const campaign = await w.campaign(ALWAYS);
  await w.contacts(campaign, 40);
  const realNow = w.ctx.now;
  let ahead = 0;
  w.ctx.now = () => new Date(Date.now() + ahead);
  const stop = new AbortController();
  const running = runScheduler(w.ctx, stop.signal);
  await waitFor('the end of the campaign', async () => {
    // Overdue is a matter of minutes: the clock goes on while the carrier's is compressed.
    ahead += 5_000;
    await reconcileCalls(w.ctx);
    const open = await w.db
      .selectFrom('contact')
      .select('id')
      .where('campaign_id', '=', campaign)
      .where('state', 'in', ['pending', 'in_progress'])
      .execute();
    return open.length === 0;
  });
  stop.abort();
  await running;
  w.ctx.now = realNow;
  await putFaults({});
  const perNumber = new Map<string, number>();
  for (const { fact, to } of await facts()) {
    if (fact === 'accepted') perNumber.set(to, (perNumber.get(to) ?? 0) + 1);
  }
  expect(Math.max(...perNumber.values())).toBe(1);
  const rows = await w.db
    .selectFrom('contact as k')
    .select(['k.attempts_count', 'k.state'])
    .select((eb) =>
      eb
        .selectFrom('call_attempt as a')
        .whereRef('a.contact_id', '=', 'k.id')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('attempts'),
    )
    .where('k.campaign_id', '=', campaign)
    .execute();
  for (const { attempts_count, attempts } of rows) expect(attempts).toBe(attempts_count);
});
