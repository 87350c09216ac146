import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'vitest';
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
const ENV = { CARRIER_SPEED: '20', CARRIER_SEED: '11', RING_TIMEOUT_SECONDS: '10' };

async function clients(running: Running) {
  const { console: origin, issuer } = await running.services();
  return signIn(origin, (account) => accessToken(issuer, account as 'admin'));
}

/** In the middle: some calls are over, some are live, most have not begun. */
async function untilCallsAreLive(running: Running): Promise<void> {
  const { carrier } = await running.services();
  await waitFor('calls being live', async () => {
    const rings = readRings(await (await fetch(new URL('/log', carrier))).text());
    return rings.length >= 12 && rings.some((ring) => ring.end_ms === null && ring.said.length > 1);
  });
}

describe('a SIGKILL in the middle of a campaign', () => {
  it.concurrent.each([
    ['the application', (_start: number, application: number) => [application]],
    ['everything that npm start began', (start: number) => processTree(start)],
  ])(
    'of %s: nothing is lost and nobody is dialled twice',
    async (_what, victims) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-kill-'));
      let running = await npmStart(dataDir, ENV);
      try {
        const before = await clients(running);
        await openLines(before.admin, LINES);
        const campaigns = await launch(before.manager, before.admin, { contacts: CONTACTS, seed: 5 });
        await untilCallsAreLive(running);

        const pids = victims(running.child.pid!, running.appPid());
        killAll(pids);
        await waitFor('their end', () => pids.every((pid) => !isAlive(pid)));
        if (!isAlive(running.child.pid!)) running = await npmStart(dataDir, ENV);
        const { console: origin } = await running.services();
        await waitFor('the application being back', async () => (await fetch(`${origin}/health/ready`)).ok);

        const after = await clients(running);
        const stats = await watchCampaigns(after.manager, campaigns, () => {});
        const { evidence } = await gatherEvidence(after, await running.services(), campaigns, stats, LINES);
        const violations = findViolations(evidence);
        if (violations.length > 0) throw new Error(violations.join('\n'));
      } finally {
        await running.stop();
        await rm(dataDir, { recursive: true, force: true });
      }
    },
    420_000,
  );
});
