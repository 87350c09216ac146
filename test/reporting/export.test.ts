import { createHash } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../app/auth/user.ts';
import { exportCampaign } from '../../app/reporting/export-campaign.ts';
import { listExports } from '../../app/reporting/list-exports.ts';
import { type World, world } from '../calling/world.ts';
import { contactHistory, type History, writeHistories } from './histories.ts';

const HEADER =
  'campaign_id,contact_id,external_contact_id,phone_number,outcome,attempt_count,last_attempt_at,completed_at,' +
  'q1_answer,q2_answer,q3_answer';
const TERMINAL = ['completed', 'refused', 'not_reached', 'excluded'];

let w: World;
let actor: Actor;
beforeAll(async () => {
  w = await world();
  const user = await w.db.selectFrom('user').select('id').executeTakeFirstOrThrow();
  actor = { user_id: user.id, role: 'admin', email: 'm@example.com', name: 'M', session_id: null };
});
afterAll(() => w.close());

const start = (campaign_id: string, format: 'csv' | 'xlsx' = 'csv') =>
  exportCampaign(w.ctx, { campaign_id, format, reason: 'the weekly report', actor });

type Row = Record<string, string>;
async function exportRows(campaign_id: string): Promise<{ raw: string; rows: Row[] }> {
  const raw = await text((await start(campaign_id)).body);
  return { raw, rows: parse(raw, { columns: true, record_delimiter: '\r\n' }) };
}

/** The record of the campaign's newest export, once it says how it ended. */
const record = (campaign_id: string, status: string) =>
  expect.poll(async () => (await listExports(w.db, { campaign_id }))[0]).toMatchObject({ status });

const completed = (answers: (string | null)[]): History => ({
  state: 'completed',
  not_reached_reason: null,
  calls: [{ disposition: 'completed', minute: 1, talked: 60, consent: 'granted', latencies: [], partial: 0 }],
  answers,
});

describe('the CSV', () => {
  it('has exactly one row per terminal contact, of any history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(contactHistory, { maxLength: 30 }), async (histories) => {
        const { campaign_id, ids } = await writeHistories(w, histories);
        const { raw, rows } = await exportRows(campaign_id);
        expect(raw.startsWith(`${HEADER},`)).toBe(true);
        expect(raw.replaceAll('\r\n', '')).not.toContain('\r');
        const expected = histories.flatMap(({ state, calls }, index) =>
          TERMINAL.includes(state) ? [[ids[index], state, String(calls.length)]] : [],
        );
        const exported = rows.map((row) => [row.contact_id, row.outcome, row.attempt_count]);
        expect(exported.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 15 },
    );
  });

  it('gives back what was said, to the letter, and times in RFC 3339 and UTC', async () => {
    const said = 'He said "no, thanks",\nthen: sì; 東京 😀';
    const { campaign_id } = await writeHistories(w, [completed(['4', null, said])]);
    const { rows } = await exportRows(campaign_id);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ q1_answer: '4', q2_answer: '', q3_answer: said, q2_status: 'refused' });
    expect(rows[0]?.completed_at).toBe('2026-11-25T11:02:05Z');
    expect(rows[0]?.last_attempt_at).toBe('2026-11-25T11:01:00Z');
    expect(rows[0]?.phone_number).toMatch(/^\+39\d+$/);
  });

  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '=HYPERLINK("http://x","y")',
    '＝1',
    '+',
    '-',
  ])('defuses %j', async (cell) => {
    const { campaign_id, ids } = await writeHistories(w, [completed([null, null, cell])]);
    await w.db.updateTable('contact').set({ external_contact_id: cell }).where('id', '=', ids[0]!).execute();
    const { rows } = await exportRows(campaign_id);
    expect(rows[0]?.q3_answer).toBe(`'${cell}`);
    expect(rows[0]?.external_contact_id).toBe(`'${cell}`);
  });

  it.each(['+393331234567', '-5', '-2.5', '12', 'a=b', "'quoted", ' -'])('leaves %j alone', async (cell) => {
    const { campaign_id } = await writeHistories(w, [completed([null, null, cell])]);
    expect((await exportRows(campaign_id)).rows[0]?.q3_answer).toBe(cell);
  });
});

describe('the workbook', () => {
  it('holds what the CSV holds', async () => {
    const histories = [completed(['5', '3', '=1+1']), completed([null, null, 'fine'])];
    const { campaign_id } = await writeHistories(w, histories);
    const { rows } = await exportRows(campaign_id);
    const workbook = new exceljs.Workbook();
    const bytes = await buffer((await start(campaign_id, 'xlsx')).body);
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.rowCount).toBe(3);
    const names = Object.keys(rows[0]!);
    const cells = (row: number) => names.map((_, index) => sheet.getRow(row).getCell(index + 1).text);
    expect(cells(1)).toEqual(names);
    expect(cells(2)).toEqual(Object.values(rows[0]!));
    expect(cells(3)).toEqual(Object.values(rows[1]!));
    await record(campaign_id, 'completed');
  });
});

describe('an export', () => {
  it('is on record: who, why, how many rows with which hash', async () => {
    const { campaign_id } = await writeHistories(w, [completed(['1', '2', '3'])]);
    const { raw } = await exportRows(campaign_id);
    const sha256 = createHash('sha256').update(raw).digest('hex');
    await record(campaign_id, 'completed');
    const [kept] = await listExports(w.db, { campaign_id });
    expect(kept).toMatchObject({
      rows: 1,
      sha256,
      reason: 'the weekly report',
      user_name: 'M',
      format: 'csv',
    });
    const audited = await w.db
      .selectFrom('audit_log_entry')
      .select(['action', 'changes', 'user_id'])
      .where('entity_id', '=', campaign_id)
      .orderBy('id')
      .execute();
    expect(audited.map(({ action }) => action)).toEqual(['campaign.export_started', 'campaign.exported']);
    expect(audited[1]?.changes).toMatchObject({ rows: { new: 1 }, sha256: { new: sha256 } });
    expect(audited[1]?.user_id).toBe(actor.user_id);
  });

  it('is one snapshot: what happens while it is read is not in it', async () => {
    const { campaign_id } = await writeHistories(w, []);
    await fill(campaign_id, 20_000);
    const { body } = await start(campaign_id);
    const chunks: Buffer[] = [];
    let isChanged = false;
    for await (const chunk of body) {
      chunks.push(chunk as Buffer);
      if (isChanged) continue;
      isChanged = true;
      await fill(campaign_id, 500);
    }
    const rows: Row[] = parse(Buffer.concat(chunks), { columns: true });
    expect(rows).toHaveLength(20_000);
    expect(new Set(rows.map((row) => row.contact_id)).size).toBe(20_000);
    expect((await exportRows(campaign_id)).rows).toHaveLength(20_500);
  });

  it.each(['csv', 'xlsx'] as const)(
    '(%s) cut off midway breaks, and is on record as failed',
    async (format) => {
      const { campaign_id } = await writeHistories(w, []);
      await fill(campaign_id, 60_000);
      const { body } = await start(campaign_id, format);
      const reading = async () => {
        for await (const _ of body) await killExports();
      };
      await expect(reading()).rejects.toThrow();
      await record(campaign_id, 'failed');
    },
  );

  it('whose reader goes away lets its connection go', async () => {
    const { campaign_id } = await writeHistories(w, []);
    await fill(campaign_id, 60_000);
    const { body } = await start(campaign_id);
    await new Promise((resolve) => body.once('readable', resolve));
    body.destroy();
    await record(campaign_id, 'failed');
    expect(w.pool.idleCount).toBe(w.pool.totalCount);
  });

  it('leaves the limits of the connections it borrowed as they were', async () => {
    const { campaign_id } = await writeHistories(w, []);
    await exportRows(campaign_id);
    await record(campaign_id, 'completed');
    const limits = await Promise.all(
      Array.from({ length: 20 }, () =>
        sql<{ statement_timeout: string }>`show statement_timeout`.execute(w.db),
      ),
    );
    expect(new Set(limits.map(({ rows }) => rows[0]?.statement_timeout))).toEqual(new Set(['30s']));
  });

  it('is named for the campaign and the moment, in letters that no file system refuses', async () => {
    const campaign_id = await w.campaign();
    const name = 'Pane & "città" 50% / Größe 東京';
    await w.db.updateTable('campaign').set({ name }).where('id', '=', campaign_id).execute();
    const { content_disposition, body } = await start(campaign_id);
    body.resume();
    const [, plain, own] =
      /^attachment; filename="([^"]+)"; filename\*=UTF-8''(\S+)$/.exec(content_disposition) ?? [];
    expect(plain).toBe('pane-citta-50-gro-e-2026-11-25T110000.csv');
    expect(decodeURIComponent(own!)).toBe('Pane & città 50% Größe 東京 2026-11-25T110000.csv');
  });
});

/** Many terminal contacts at once. */
async function fill(campaign_id: string, count: number): Promise<void> {
  const zone = await w.zoneSet('IT', ['Europe/Rome']);
  await sql`
    insert into contact (id, campaign_id, phone_number, time_zones, zone_set_id, state, excluded_reason, created_at, updated_at)
    select new_id(), ${campaign_id}, '+39' || (3000000000 + (select count(*) from contact where campaign_id = ${campaign_id}) + n),
      '{Europe/Rome}', ${zone}, 'excluded', repeat('x', 20), now(), now()
    from generate_series(1, ${count}::int) n`.execute(w.db);
}

/** What a failover does to a running export. */
async function killExports(): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and (query like 'copy (select%' or query like 'declare export%' or query like 'fetch%')`.execute(w.db);
}
