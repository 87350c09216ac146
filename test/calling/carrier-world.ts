import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runScheduler } from '../../app/calling/scheduler/run-scheduler.ts';
import { twilioProvider } from '../../app/calling/telephony/twilio/twilio-provider.ts';
import type { Fact } from '../../carrier/journal.ts';
import { startCarrier } from '../../carrier/start-carrier.ts';
import { waitFor } from '../support/wait-for.ts';
import { webhookServer } from './webhook-server.ts';
import { ACCOUNT, AUTH_TOKEN, world } from './world.ts';

const SPEED = 200;

/** May be called at any hour, once. */
export const ALWAYS = {
  allowed_call_start_local: '00:00',
  allowed_call_end_local: '23:59',
  allowed_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  call_on_public_holidays: true,
  max_attempts: 1,
};

/** A world whose calls go over the simulated network, on the wire and the real clock. */
export async function carrierWorld() {
  const w = await world();
  const app = await webhookServer(w.ctx);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'calls-'));
  const carrier = await startCarrier({
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
  return {
    ...w,
    carrier,
    facts: async (): Promise<Fact[]> => {
      const text = await (await fetch(`${carrier.url}/log`)).text();
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Fact);
    },
    putFaults: async (faults: Record<string, number>) => {
      const headers = { 'content-type': 'application/json' };
      await fetch(`${carrier.url}/faults`, { method: 'PUT', headers, body: JSON.stringify(faults) });
    },
    runToTheEnd: async (campaign: string, timeoutMs?: number) => {
      const stop = new AbortController();
      const running = runScheduler(w.ctx, stop.signal);
      const isOver = async () => {
        const found = await w.db.selectFrom('campaign').select('status').where('id', '=', campaign).execute();
        return found[0]?.status === 'completed';
      };
      await waitFor('the end of the campaign', isOver, timeoutMs);
      stop.abort();
      await running;
    },
    close: async () => {
      await app.close();
      await carrier.stop();
      await w.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type CarrierWorld = Awaited<ReturnType<typeof carrierWorld>>;
