import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCarrier } from '../../carrier/start-carrier.ts';
import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { type Ring, readRings } from '../../embedded/demo/carrier-log.ts';
import { freePort } from '../../embedded/free-port.ts';
import { startApi } from '../support/api.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
const TOKEN = 'a token of these tests';

type Options = { speed: number; lines: number; env?: Record<string, string> };

/** The API with its carrier and nobody who dials: schedulers are processes of their own, begun and killed by the test. */
export async function callingStack({ speed, lines, env = {} }: Options) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-calling-'));
  const carrier = await startCarrier({ accountSid: ACCOUNT, authToken: TOKEN, dataDir, speed, seed: 3 });
  const api = await startApi({ TWILIO_BASE_URL: carrier.url, RING_TIMEOUT_SECONDS: '10', ...env });
  const telephony = {
    provider_type: 'telephony_api',
    provider_name: 'twilio',
    outbound_number: '+390299990000',
    max_concurrent_calls: lines,
    calls_per_second: 1_000,
    credentials: { account_sid: ACCOUNT, auth_token: TOKEN },
  };
  await ok(await api.call('admin', 'PUT', '/api/admin/config', { telephony }));
  const children = new Set<ChildProcess>();

  return {
    api,
    carrier,
    /** A running campaign that calls these numbers at any hour. */
    campaign: async (numbers: readonly string[], columns = '', values: (at: number) => string = () => '') => {
      const { id } = (await ok(await api.call('manager', 'POST', '/api/campaigns', CAMPAIGNS.it))) as {
        id: string;
      };
      const rows = numbers.map((number, at) => `${number}${values(at)}`);
      const form = new FormData();
      form.set('file', new Blob([[`phone_number${columns}`, ...rows].join('\n')]), 'contacts.csv');
      await ok(await api.call('manager', 'POST', `/api/campaigns/${id}/contacts/upload`, form));
      await ok(await api.call('manager', 'POST', `/api/campaigns/${id}/activate`, {}));
      return id;
    },
    /** Another process of this deployment: `scheduler` or `worker`. */
    process: async (command: string, changed: Record<string, string> = {}) => {
      const child = spawn(process.execPath, ['app/main.ts', command], {
        cwd: ROOT,
        env: { PATH: process.env.PATH, ...api.env, PORT: String(await freePort()), ...changed },
        stdio: 'ignore',
      });
      children.add(child);
      return child;
    },
    /** What really rang. */
    rings: async (): Promise<Ring[]> => readRings(await (await fetch(`${carrier.url}/log`)).text()),
    faults: (faults: Record<string, number>) =>
      fetch(`${carrier.url}/faults`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(faults),
      }).then(ok),
    stop: async () => {
      for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
      await api.stop();
      await carrier.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type CallingStack = Awaited<ReturnType<typeof callingStack>>;

async function ok(answer: Response): Promise<unknown> {
  const body = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(`${answer.status}: ${JSON.stringify(body)}`);
  return body;
}
