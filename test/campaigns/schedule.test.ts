import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCampaign } from '../../app/campaigns/find-campaign.ts';
import { activateCampaign } from '../../app/campaigns/lifecycle/activate-campaign.ts';
import { pauseCampaignBySystem } from '../../app/campaigns/lifecycle/pause-campaign-by-system.ts';
import { resumeCampaign } from '../../app/campaigns/lifecycle/resume-campaign.ts';
import { startScheduledCampaigns } from '../../app/campaigns/lifecycle/start-scheduled-campaigns.ts';
import { statusReasonText } from '../../app/campaigns/status-reason.ts';
import { waitFor } from '../support/wait-for.ts';
import { type CampaignWorld, campaignWorld, NOW } from './a-campaign.ts';
import { applicationEnv, MAIN } from './application-process.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

const LATER = new Date(NOW.getTime() + 3_600_000);
const schedule = (campaign_id: string, scheduled_at: Date, now = NOW) =>
  activateCampaign(w.db, { campaign_id, actor: w.actor, language: 'en', scheduled_at, now });

async function ready() {
  const { id } = await w.create();
  await w.addContacts(id, [{}]);
  return id;
}

describe('starting by itself', () => {
  it('starts when its time has come, once, however many schedulers ask', async () => {
    const id = await ready();
    await schedule(id, LATER);
    expect(await startScheduledCampaigns(w.db, new Date(LATER.getTime() - 1))).toEqual([]);
    const started = await Promise.all([
      startScheduledCampaigns(w.db, LATER),
      startScheduledCampaigns(w.db, LATER),
    ]);
    expect(started.flat().filter((one) => one === id)).toEqual([id]);
    expect(await w.statusOf(id)).toBe('running');
  });

  it('starts late rather than never, after nobody looked for days', async () => {
    const id = await ready();
    await schedule(id, LATER);
    expect(await startScheduledCampaigns(w.db, new Date(LATER.getTime() + 9 * 86_400_000))).toContain(id);
  });

  it('starts the others though one of them cannot be judged', async () => {
    const [broken, sound] = [await ready(), await ready()];
    for (const id of [broken, sound]) await schedule(id, LATER);
    await w.db.updateTable('campaign').set({ translations: 'null' }).where('id', '=', broken).execute();
    await expect(startScheduledCampaigns(w.db, LATER)).rejects.toThrow();
    expect([await w.statusOf(broken), await w.statusOf(sound)]).toEqual(['scheduled', 'running']);
    await w.db.updateTable('campaign').set({ translations: '{}' }).where('id', '=', broken).execute();
    expect(await startScheduledCampaigns(w.db, LATER)).toEqual([broken]);
  });

  it('pauses at once what is no longer ready, says why in both languages, and lets it go on only when mended', async () => {
    const id = await ready();
    await schedule(id, LATER);
    const config = { outbound_number: '+390299990000' };
    await w.db.updateTable('provider_config').set({ outbound_number: null }).execute();
    expect(await startScheduledCampaigns(w.db, LATER)).not.toContain(id);
    const { status, status_reason } = await findCampaign(w.db, id);
    expect([status, status_reason]).toEqual(['paused', 'not_ready: provider.outbound_number']);
    expect(statusReasonText(status_reason, 'en')).toContain('A caller number is configured.');
    expect(statusReasonText(status_reason, 'it')).toContain('Un numero chiamante è configurato.');

    const resume = () =>
      resumeCampaign(w.db, { campaign_id: id, actor: w.actor, language: 'en', now: LATER });
    await expect(resume()).rejects.toMatchObject({ code: 'campaign.not_ready' });
    await w.db.updateTable('provider_config').set(config).execute();
    expect(await resume()).toMatchObject({ status: 'running', status_reason: null });
  });

  it('is paused by the system only while it runs, and then goes on when asked', async () => {
    const id = await ready();
    const pause = () =>
      w.db
        .transaction()
        .execute((tx) => pauseCampaignBySystem(tx, { campaign_id: id, reason: 'no permission', now: NOW }));
    expect(await pause()).toBe(false);
    await activateCampaign(w.db, { campaign_id: id, actor: w.actor, language: 'en', now: NOW });
    expect(await pause()).toBe(true);
    const { status_reason } = await findCampaign(w.db, id);
    expect(statusReasonText(status_reason, 'it')).toBe('Il fornitore telefonico ha risposto: no permission');
    const resumed = await resumeCampaign(w.db, { campaign_id: id, actor: w.actor, language: 'en', now: NOW });
    expect(resumed.status).toBe('running');
  });
});

// 25 October 2026: at 03:00 clocks in Rome go back to 02:00, so 02:30 comes twice. 29 March: 02:30 never comes.
describe('the days on which clocks change', () => {
  it.each([
    ['the first 02:30', '2026-10-25T02:30:00+02:00', '2026-10-25T00:30:00.000Z'],
    ['the second 02:30', '2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00.000Z'],
    ['after the hour that is skipped', '2026-03-29T03:00:00+02:00', '2026-03-29T01:00:00.000Z'],
  ])('%s is one moment, whatever the clock on the wall says', async (_name, local, utc) => {
    const before = new Date(new Date(utc).getTime() - 86_400_000);
    const id = await ready();
    await schedule(id, new Date(local), before);
    expect((await findCampaign(w.db, id)).scheduled_at?.toISOString()).toBe(utc);
    await w.db.connection().execute(async (db) => {
      // The database's own idea of local time plays no part.
      await sql`set timezone = 'Europe/Rome'`.execute(db);
      expect(await startScheduledCampaigns(db, new Date(Date.parse(utc) - 1))).not.toContain(id);
      expect(await startScheduledCampaigns(db, new Date(utc))).toContain(id);
      await sql`set timezone = 'UTC'`.execute(db);
    });
  });
});

describe('a scheduler that is killed', () => {
  let running: ChildProcess | undefined;
  afterAll(() => running?.kill('SIGKILL'));

  async function scheduler(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [MAIN, 'scheduler'], { env: await applicationEnv(w.url) });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    await waitFor('the scheduler', () => {
      if (child.exitCode !== null) throw new Error(said);
      return said.includes('started');
    });
    return child;
  }

  it('has its campaigns started by the next one, those whose time passed meanwhile too', async () => {
    const [passes, comes] = [await ready(), await ready()];
    // Nobody may be dialled here: the contacts' window is shut.
    await w.db
      .updateTable('campaign')
      .set({ allowed_call_start_local: '00:00', allowed_call_end_local: '00:01' })
      .execute();
    const soon = new Date(Date.now() + 2_000);
    await schedule(passes, soon, new Date());
    await schedule(comes, new Date(soon.getTime() + 2_000), new Date());
    running = await scheduler();
    running.kill('SIGKILL');
    await once(running, 'exit');
    expect(await w.statusOf(passes)).toBe('scheduled');
    await waitFor('its time having passed', () => Date.now() > soon.getTime());
    running = await scheduler();
    await waitFor('the one that is late', async () => (await w.statusOf(passes)) === 'running');
    await waitFor('the one whose time comes', async () => (await w.statusOf(comes)) === 'running');
    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime() + 2_000);
  });
});
