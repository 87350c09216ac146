import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failInterruptedImports } from '../../app/contacts/import/fail-interrupted-imports.ts';
import { freePort } from '../../embedded/free-port.ts';
import { ENTERED } from '../campaigns/a-campaign.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { killAll } from '../support/process-tree.ts';
import { waitFor } from '../support/wait-for.ts';
import { tapSql } from './wire-taps.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const ROWS = process.env.TEST_FULL ? 200_000 : 20_000;
const EDGE = 'edge-of-the-parts';

/** Good rows, bad ones, repeated ones and such that nobody may call. */
const CSV = [
  'id,phone,email,dnc',
  ...Array.from({ length: ROWS }, (_, n) => {
    const number = `+39347${String(n % 17 === 3 ? n - 1 : n).padStart(7, '0')}`;
    return `c-${n},${n % 13 === 5 ? 'nonsense' : number},p${n}@example.net,${n % 7 === 2 ? 'x' : ''}`;
  }),
].join('\n');

let api: TestApi;
let clean: { answer: Record<string, unknown>; contacts: unknown[]; entries: unknown[] };
const children = new Set<ChildProcess>();
beforeAll(async () => {
  api = await startApi();
  const campaign = await newCampaign();
  clean = { answer: counts(await upload(campaign)), ...(await keptBy(campaign)) };
}, 120_000);
afterAll(async () => {
  killAll([...children].map(({ pid }) => pid!));
  await api.stop();
});

async function newCampaign(): Promise<string> {
  return ((await (await api.call('manager', 'POST', '/api/campaigns', ENTERED)).json()) as { id: string }).id;
}

async function upload(campaign_id: string): Promise<Record<string, unknown>> {
  const form = new FormData();
  form.set('file', new Blob([CSV]), 'contacts.csv');
  const answer = await api.call('manager', 'POST', `/api/campaigns/${campaign_id}/contacts/upload`, form);
  return (await answer.json()) as Record<string, unknown>;
}

function counts({
  total_rows,
  accepted_count,
  rejected_count,
  duplicate_count,
  excluded_count,
}: Record<string, unknown>) {
  return { total_rows, accepted_count, rejected_count, duplicate_count, excluded_count };
}

async function keptBy(campaign_id: string) {
  const contacts = await api.db
    .selectFrom('contact')
    .select(['phone_number', 'external_contact_id', 'email', 'state', 'excluded_reason'])
    .where('campaign_id', '=', campaign_id)
    .orderBy('phone_number')
    .execute();
  const entries = await api.db
    .selectFrom('exclusion_list_entry')
    .select('phone_number')
    .where('campaign_id', '=', campaign_id)
    .orderBy('phone_number')
    .execute();
  return { contacts, entries };
}

/** An API process of the same deployment on a database address of its own. */
async function anotherApi(DATABASE_URL = api.env.DATABASE_URL!) {
  const port = await freePort();
  const child = spawn(process.execPath, ['app/main.ts', 'api'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...api.env, PORT: String(port), DATABASE_URL },
    stdio: 'ignore',
  });
  children.add(child);
  const origin = `http://127.0.0.1:${port}`;
  await waitFor('its being alive', async () => (await fetch(`${origin}/health/live`)).ok);
  return { child, origin };
}

/** Sends the file, and at `strikeAt` of its bytes lets `strike` happen; the connection may break. */
async function sendThrough(origin: string, campaign_id: string, strikeAt: number, strike: () => void) {
  const sent = request(`${origin}/api/campaigns/${campaign_id}/contacts/upload`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await api.token('manager')}`,
      'content-type': `multipart/form-data; boundary=${EDGE}`,
    },
  });
  const over = new Promise<void>((resolve) => {
    sent.on('close', resolve).on('error', () => {});
  });
  sent.write(`--${EDGE}\r\ncontent-disposition: form-data; name="file"; filename="contacts.csv"\r\n\r\n`);
  const bytes = Buffer.from(CSV);
  const cut = Math.floor(bytes.length * strikeAt);
  for (let at = 0; at < bytes.length && !sent.destroyed; at += 16_384) {
    if (at <= cut && cut < at + 16_384) strike();
    if (!sent.write(bytes.subarray(at, at + 16_384))) await once(sent, 'drain').catch(() => {});
  }
  sent.end(`\r\n--${EDGE}--\r\n`);
  await over;
}

async function uploadedAgain(campaign_id: string) {
  // Whoever could still be reading has gone: the turn is free, and the sweeper says what became of it.
  await failInterruptedImports(api.db, new Date(Date.now() + 3_600_000));
  return counts(await upload(campaign_id));
}

describe('an import whose process is killed', () => {
  const places = Array.from({ length: process.env.TEST_FULL ? 12 : 3 }, () => Math.random());
  it.each(places)(
    'at %f of its bytes leaves nothing, and comes whole the next time',
    async (place) => {
      const campaign = await newCampaign();
      const { child, origin } = await anotherApi();
      await sendThrough(origin, campaign, place, () => killAll([child.pid!]));
      await waitFor('its death', () => child.signalCode);
      expect(await keptBy(campaign)).toEqual({ contacts: [], entries: [] });
      expect(await uploadedAgain(campaign)).toEqual(clean.answer);
      expect(await keptBy(campaign)).toEqual({ contacts: clean.contacts, entries: clean.entries });
      const statuses = await api.db
        .selectFrom('contact_import')
        .select('status')
        .where('campaign_id', '=', campaign)
        .orderBy('created_at')
        .execute();
      // Killed so early that it had not been entered, or entered and found out.
      expect(['completed', 'failed,completed']).toContain(statuses.map(({ status }) => status).join());
    },
    120_000,
  );

  const FINISH = { statement: /update "contact_import" set[^;]*"status"/, isCommit: true };
  it.each(['before', 'after'] as const)(
    '%s its commit is whole or not at all',
    async (moment) => {
      const campaign = await newCampaign();
      let pid = 0;
      const database = await tapSql(api.env.DATABASE_URL!, { ...FINISH, moment }, () => killAll([pid]));
      const { child, origin } = await anotherApi(database.url);
      pid = child.pid!;
      await sendThrough(origin, campaign, 1, () => {});
      await waitFor('its death', () => child.signalCode);
      await database.stop();
      const kept = await keptBy(campaign);
      if (moment === 'before') expect(kept).toEqual({ contacts: [], entries: [] });
      else expect(kept).toEqual({ contacts: clean.contacts, entries: clean.entries });
      const again = await uploadedAgain(campaign);
      const { total_rows, rejected_count } = clean.answer;
      if (moment === 'before') expect(again).toEqual(clean.answer);
      else expect(again).toMatchObject({ total_rows, rejected_count, accepted_count: 0, excluded_count: 0 });
      expect(await keptBy(campaign)).toEqual({ contacts: clean.contacts, entries: clean.entries });
      const { rows: trail } = await sql`
      select a.id from audit_log_entry a join contact_import i on i.id::text = a.entity_id
      where a.action = 'contacts.imported' and i.status = 'completed' and i.campaign_id = ${campaign}`.execute(
        api.db,
      );
      expect(trail).toHaveLength(moment === 'before' ? 1 : 2);
    },
    120_000,
  );
});
