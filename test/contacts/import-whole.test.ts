import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExclusion } from '../../app/contacts/exclusions/add-exclusion.ts';
import { failInterruptedImports } from '../../app/contacts/import/fail-interrupted-imports.ts';
import { newId } from '../../app/infra/db/id.ts';
import { type CampaignWorld, campaignWorld, NOW } from '../campaigns/a-campaign.ts';
import { contactsOf, upload } from './an-upload.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

const mobile = (n: number) => `+39347${String(n).padStart(7, '0')}`;

describe('whom nobody may call', () => {
  it('is excluded by any row that says so, also a repeated one, and by the row of a later file', async () => {
    const { id } = await w.create();
    const first = await upload(w, id, `phone,dnc\n${mobile(1)},\n${mobile(1)},x\n${mobile(2)},\n`);
    expect(first).toMatchObject({ accepted_count: 2, duplicate_count: 1, excluded_count: 1 });
    const second = await upload(w, id, `phone,dnc\n${mobile(2)},yes\n`);
    expect(second).toMatchObject({ accepted_count: 0, duplicate_count: 1, excluded_count: 0 });
    const contacts = await contactsOf(w, id);
    expect(contacts.map(({ state, excluded_reason }) => [state, excluded_reason])).toEqual([
      ['excluded', 'do_not_call'],
      ['excluded', 'do_not_call'],
    ]);
    const entries = await w.db
      .selectFrom('exclusion_list_entry')
      .select(['phone_number', 'source'])
      .where('campaign_id', '=', id)
      .orderBy('phone_number')
      .execute();
    expect(entries).toEqual([
      { phone_number: mobile(1), source: 'import' },
      { phone_number: mobile(2), source: 'import' },
    ]);
  });

  it('is excluded by the list, of this campaign or of all, but not by that of another', async () => {
    const { id } = await w.create();
    const { id: other } = await w.create();
    for (const [number, campaign_id] of [
      [mobile(101), null],
      [mobile(102), id],
      [mobile(103), other],
    ] as const) {
      await w.db
        .insertInto('exclusion_list_entry')
        .values({
          id: newId(),
          phone_hash: w.phoneHash(number),
          campaign_id,
          source: 'manual',
          created_at: NOW,
        })
        .execute();
    }
    const rows = [101, 102, 103].map(mobile).join('\n');
    expect(await upload(w, id, `phone\n${rows}\n`)).toMatchObject({ accepted_count: 3, excluded_count: 2 });
    expect((await contactsOf(w, id)).map(({ state }) => state)).toEqual(['excluded', 'excluded', 'pending']);
  });
});

describe('a contact whose own zone nobody knows', () => {
  const sourcesOf = async (id: string) =>
    (await contactsOf(w, id)).map(({ time_zone_source }) => time_zone_source);

  it('is called by the zone of its campaign, as long as that has one', async () => {
    const { id } = await w.create({ time_zone: 'Europe/Rome' });
    await upload(w, id, `phone\n${mobile(1)}\n+80012345678\n`);
    expect(await sourcesOf(id)).toEqual(['number', 'campaign']);
    const setZone = (time_zone: string | null) =>
      w.db.updateTable('campaign').set({ time_zone }).where('id', '=', id).execute();
    await setZone(null);
    expect(await sourcesOf(id)).toEqual(['number', 'none']);
    await setZone('Europe/Vienna');
    expect(await sourcesOf(id)).toEqual(['number', 'campaign']);
  });

  it('follows a campaign that changes while the file is read', async () => {
    const { id } = await w.create({ time_zone: null });
    async function* slow() {
      yield Buffer.from('phone\n+80012345678\n');
      await w.db.updateTable('campaign').set({ time_zone: 'Europe/Rome' }).where('id', '=', id).execute();
    }
    await upload(w, id, '', { file: slow() });
    expect(await sourcesOf(id)).toEqual(['campaign']);
  });
});

describe('an import', () => {
  it('sees a number that comes on the list while the file is read', async () => {
    const { id } = await w.create();
    async function* slow() {
      yield Buffer.from(`phone\n${mobile(201)}\n`);
      const listed = { phone_number: mobile(201), campaign_id: id, reason: null, actor: w.actor };
      await addExclusion(w.ctx, listed);
      yield Buffer.from(`${mobile(202)}\n`);
    }
    expect(await upload(w, id, '', { file: slow() })).toMatchObject({ accepted_count: 2, excluded_count: 1 });
    expect((await contactsOf(w, id)).map(({ state }) => state)).toEqual(['excluded', 'pending']);
  });

  it('takes as many files at once as leave room for everybody else', async () => {
    const places = Math.floor(w.pool.options.max / 4);
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    async function* slow() {
      yield Buffer.from('phone\n');
      await held;
    }
    const ids = await Promise.all(Array.from({ length: places + 1 }, async () => (await w.create()).id));
    const running = ids.slice(0, places).map((id) => upload(w, id, '', { file: slow() }));
    await expect(upload(w, ids[places]!, 'phone\n')).rejects.toMatchObject({ code: 'request.too_many' });
    goOn();
    await Promise.all(running);
    expect(await upload(w, ids[places]!, `phone\n${mobile(1)}\n`)).toMatchObject({ accepted_count: 1 });
  });

  it('leaves nothing when it breaks off in the middle', async () => {
    const { id } = await w.create();
    async function* cut() {
      yield Buffer.from(`phone\n${mobile(1)}\n${mobile(2)}\n`);
      throw new Error('the line is gone');
    }
    await expect(upload(w, id, '', { file: cut() })).rejects.toThrow('the line is gone');
    expect(await contactsOf(w, id)).toEqual([]);
    expect(await upload(w, id, `phone\n${mobile(1)}\n`)).toMatchObject({ accepted_count: 1 });
  });

  it('is the only one of its campaign at a time', async () => {
    const { id } = await w.create();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let begun = () => {};
    const reading = new Promise<void>((resolve) => {
      begun = resolve;
    });
    async function* slow() {
      begun(); // the file is read by the one whose turn it is
      yield Buffer.from(`phone\n${mobile(1)}\n`);
      await held;
    }
    const first = upload(w, id, '', { file: slow() });
    await reading;
    await expect(upload(w, id, 'phone\n')).rejects.toMatchObject({ code: 'import.already_running' });
    await failInterruptedImports(w.db, new Date(NOW.getTime() + 3_600_000));
    goOn();
    expect(await first).toMatchObject({ accepted_count: 1 });
    const statuses = await w.db
      .selectFrom('contact_import')
      .select('status')
      .where('id', '=', (await first).import_id)
      .execute();
    expect(statuses).toEqual([{ status: 'completed' }]);
  });

  it('whose process died is found out', async () => {
    const { id } = await w.create();
    const import_id = newId();
    const row = { id: import_id, campaign_id: id, file_name: 'f', created_by_user_id: w.actor.user_id };
    await w.db
      .insertInto('contact_import')
      .values({ ...row, created_at: NOW, updated_at: NOW })
      .execute();
    const statusAt = async (afterMs: number) => {
      await failInterruptedImports(w.db, new Date(NOW.getTime() + afterMs));
      const found = await w.db
        .selectFrom('contact_import')
        .select('status')
        .where('id', '=', import_id)
        .execute();
      return found[0]?.status;
    };
    expect(await statusAt(1_000)).toBe('running');
    expect(await statusAt(60_000)).toBe('failed');
  });

  it('counts any mix of rows exactly and stores every valid one', async () => {
    const kinds = fc.constantFrom('good', 'good', 'repeat', 'bad', 'blank', 'excluded');
    await fc.assert(
      fc.asyncProperty(
        fc.array(kinds, { maxLength: 60 }),
        fc.integer({ min: 5, max: 200 }),
        async (rows, piece) => {
          const { id } = await w.create();
          const good: string[] = [];
          const lines = rows.map((kind, index) => {
            if (kind === 'blank') return '';
            if (kind === 'bad') return `nonsense,`;
            if (kind === 'repeat' && good[0]) return `${good[0]},`;
            good.push(mobile(index));
            return `${mobile(index)},${kind === 'excluded' ? '1' : ''}`;
          });
          const result = await upload(w, id, ['phone,dnc', ...lines].join('\n'), { piece });
          const total = rows.filter((kind) => kind !== 'blank').length;
          expect(result.total_rows).toBe(total);
          expect(result.accepted_count).toBe(good.length);
          expect(result.rejected_count).toBe(rows.filter((kind) => kind === 'bad').length);
          expect(result.accepted_count + result.rejected_count + result.duplicate_count).toBe(total);
          expect((await contactsOf(w, id)).map((one) => one.phone_number)).toEqual(good.sort());
        },
      ),
      { numRuns: 30 },
    );
  });

  it('takes 20,000 rows, and as many exclusions of its contacts after them', async () => {
    const { id } = await w.create();
    const numbers = Array.from({ length: 20_000 }, (_, index) => mobile(1_000_000 + index));
    const plain = await upload(
      w,
      id,
      `phone,email\n${numbers.map((n, i) => `${n},p${i}@example.com`).join('\n')}`,
    );
    expect(plain).toMatchObject({ total_rows: 20_000, accepted_count: 20_000, rejected_count: 0 });
    const progress = await w.db
      .selectFrom('contact_import')
      .select(['status', 'total_rows', 'bytes'])
      .where('id', '=', plain.import_id)
      .executeTakeFirstOrThrow();
    expect(progress).toMatchObject({ status: 'completed', total_rows: 20_000 });
    const excluded = await upload(w, id, `phone,dnc\n${numbers.map((n) => `${n},x`).join('\n')}`);
    expect(excluded).toMatchObject({ accepted_count: 0, duplicate_count: 20_000 });
    const left = await w.db
      .selectFrom('contact')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('campaign_id', '=', id)
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    expect(left.count).toBe(0);
  }, 60_000);
});
