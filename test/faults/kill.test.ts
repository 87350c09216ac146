import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Api } from '../../embedded/demo/api.ts';
import { readRings } from '../../embedded/demo/carrier-log.ts';
import { findViolations } from '../../embedded/demo/checks.ts';
import { gatherEvidence } from '../../embedded/demo/evidence.ts';
import { launch, openLines, signIn } from '../../embedded/demo/tour.ts';
import { watchCampaigns } from '../../embedded/demo/watch.ts';
import { accessToken } from '../../embedded/token.ts';
import { npmStart, type Running } from '../support/npm-start.ts';
import { isAlive, killAll, processTree } from '../support/process-tree.ts';
import { waitFor } from '../support/wait-for.ts';

const LINES = 10;
const CONTACTS = 30;
const ENV = { CARRIER_SPEED: '20', CARRIER_SEED: '11' };

let dataDir: string;
let running: Running | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-kill-'));
});
afterEach(async () => {
  await running?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function clients(): Promise<{ manager: Api; admin: Api }> {
  const { console: origin, issuer } = await running!.services();
  return signIn(origin, (role) => accessToken(issuer, role));
}

/** In the middle: some calls are over, some are live, most have not begun. */
async function untilCallsAreLive(): Promise<void> {
  const { carrier } = await running!.services();
  await waitFor('calls being live', async () => {
    const rings = readRings(await (await fetch(new URL('/log', carrier))).text());
    return rings.length >= 12 && rings.some((ring) => ring.end_ms === null && ring.said.length > 1);
  });
}

describe('a SIGKILL in the middle of a campaign', () => {
  it.each([
    ['the application', (pid: number, app: number) => [app].filter(() => pid > 0)],
    ['everything that npm start began', (pid: number) => processTree(pid)],
  ])(
    'of %s: nothing is lost and nobody is dialled twice',
    async (_what, victims) => {
      running = await npmStart(dataDir, ENV);
      const before = await clients();
      await openLines(before.admin, LINES);
      const campaigns = await launch(before.manager, before.admin, { contacts: CONTACTS, seed: 5 });
      await untilCallsAreLive();

      const pids = victims(running.child.pid!, running.appPid());
      killAll(pids);
      await waitFor('their end', () => pids.every((pid) => !isAlive(pid)));
      if (!isAlive(running.child.pid!)) running = await npmStart(dataDir, ENV);
      const { console: origin } = await running.services();
      await waitFor('the application being back', async () => (await fetch(`${origin}/health/ready`)).ok);

      const { manager } = await clients();
      const stats = await watchCampaigns(manager, campaigns, () => {});
      const services = await running.services();
      const { evidence } = await gatherEvidence(manager, services, campaigns, stats, LINES);
      expect(findViolations(evidence)).toEqual([]);
    },
    420_000,
  );
});
