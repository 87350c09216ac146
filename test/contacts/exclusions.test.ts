import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContactState, MOVES, statesBefore } from '../../app/contacts/contact.ts';
import { addExclusion } from '../../app/contacts/exclusions/add-exclusion.ts';
import { excludeNumber } from '../../app/contacts/exclusions/exclude-number.ts';
import { importExclusions } from '../../app/contacts/exclusions/import-exclusions.ts';
import { isExcluded } from '../../app/contacts/exclusions/is-excluded.ts';
import { listExclusions } from '../../app/contacts/exclusions/list-exclusions.ts';
import { removeExclusion } from '../../app/contacts/exclusions/remove-exclusion.ts';
import { findContact } from '../../app/contacts/find-contact.ts';
import { listContacts } from '../../app/contacts/list-contacts.ts';
import { lockNumber } from '../../app/contacts/lock-number.ts';
import { moveContact } from '../../app/contacts/move-contact.ts';
import { type CampaignWorld, campaignWorld, NOW } from '../campaigns/a-campaign.ts';
import { inPieces } from './an-upload.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

const NUMBER = '+393479999901';
const stateOf = async (id: string) =>
  w.db
    .selectFrom('contact')
    .select(['state', 'excluded_reason', 'not_reached_reason'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
const WITH_REASON: Partial<Record<ContactState, object>> = {
  excluded: { excluded_reason: 'exclusion_list' },
  not_reached: { not_reached_reason: 'attempts_used_up' },
};

describe('moving a contact', () => {
  it('follows the table of moves, in the code and in the database', async () => {
    const states = Object.keys(MOVES) as ContactState[];
    for (const from of states) {
      for (const to of states) {
        const { id: campaign_id } = await w.create();
        const [contact_id] = await w.addContacts(campaign_id, [{ state: from, ...WITH_REASON[from] }]);
        const move = w.db
          .transaction()
          .execute((tx) =>
            moveContact(tx, { contact_id: contact_id!, to, now: NOW, set: WITH_REASON[to] ?? {} }),
          );
        if (statesBefore(to).includes(from)) {
          await move;
          expect(await stateOf(contact_id!)).toMatchObject({ state: to, ...WITH_REASON[to] });
        } else await expect(move).rejects.toMatchObject({ code: 'contact.bad_move' });
      }
    }
  });

  it('never brings back one that was ended by its disposition', async () => {
    const { id } = await w.create();
    const ended = { state: 'not_reached', not_reached_reason: 'wrong_person' };
    const [contact_id] = await w.addContacts(id, [ended]);
    const move = { contact_id: contact_id!, to: 'in_progress' as const, now: NOW };
    await expect(w.db.transaction().execute((tx) => moveContact(tx, move))).rejects.toMatchObject({
      code: 'contact.bad_move',
    });
  });
});

describe('excluding a number', () => {
  it('takes every waiting contact with it out, in all campaigns, and leaves the others', async () => {
    const { id: one } = await w.create();
    const { id: two } = await w.create();
    const [waiting] = await w.addContacts(one, [{ phone_number: NUMBER }]);
    const usedUp = { state: 'not_reached', not_reached_reason: 'attempts_used_up' };
    const [tried] = await w.addContacts(two, [{ phone_number: NUMBER, ...usedUp }]);
    const { id: three } = await w.create();
    const [done] = await w.addContacts(three, [{ phone_number: NUMBER, state: 'completed' }]);
    const input = { phone_number: NUMBER, campaign_id: null, reason: 'asked', actor: w.actor };
    expect(await addExclusion(w.ctx, input)).toMatchObject({ created: true, entry: { source: 'api' } });
    expect(await addExclusion(w.ctx, input)).toMatchObject({ created: false, entry: { reason: 'asked' } });
    for (const id of [waiting!, tried!]) {
      expect(await stateOf(id)).toMatchObject({ state: 'excluded', excluded_reason: 'exclusion_list' });
    }
    expect(await stateOf(done!)).toMatchObject({ state: 'completed' });
  });

  it('counts in its own campaign only when it is meant for one', async () => {
    const { id: here } = await w.create();
    const { id: there } = await w.create();
    const phone_number = '+393479999902';
    await addExclusion(w.ctx, { phone_number, campaign_id: here, reason: null, actor: w.actor });
    const phone_hash = w.phoneHash(phone_number);
    expect(await isExcluded(w.db, { phone_hash, campaign_id: here })).toBe(true);
    expect(await isExcluded(w.db, { phone_hash, campaign_id: there })).toBe(false);
  });

  it('waits for whoever holds the number', async () => {
    const phone_number = '+393479999903';
    const order: string[] = [];
    const exclusion = {
      phone_number,
      phone_hash: w.phoneHash(phone_number),
      campaign_id: null,
      reason: null,
      source: 'call' as const,
      now: NOW,
    };
    let excluding: Promise<unknown> = Promise.resolve();
    await w.db.transaction().execute(async (tx) => {
      await lockNumber(tx, phone_number);
      excluding = w.db
        .transaction()
        .execute((other) => excludeNumber(other, exclusion))
        .then(() => order.push('excluded'));
      await expect
        .poll(async () => {
          const { rows } = await w.pool.query(
            "select 1 from pg_locks where locktype = 'advisory' and not granted",
          );
          return rows.length;
        })
        .toBeGreaterThan(0);
      order.push('dialled');
    });
    await excluding;
    expect(order).toEqual(['dialled', 'excluded']);
  });

  it('brings nobody back when the entry is removed', async () => {
    const { id } = await w.create();
    const phone_number = '+393479999904';
    const [contact] = await w.addContacts(id, [{ phone_number }]);
    const added = await addExclusion(w.ctx, {
      phone_number,
      campaign_id: null,
      reason: null,
      actor: w.actor,
    });
    const removal = { id: added.entry.id, actor: w.actor, now: NOW };
    await removeExclusion(w.db, removal);
    expect(await stateOf(contact!)).toMatchObject({ state: 'excluded' });
    await expect(removeExclusion(w.db, removal)).rejects.toMatchObject({ code: 'resource.not_found' });
  });

  it('takes a file of them, every spelling one number', async () => {
    const file = inPieces(Buffer.from('telefono\n+39 347 9999905\n0039 (347) 9999905\n347-9999906\nx\n'));
    const result = await importExclusions(w.ctx, {
      file,
      delimiter: 'auto',
      default_country: 'IT',
      actor: w.actor,
    });
    expect(result).toMatchObject({
      total_rows: 4,
      accepted_count: 2,
      rejected_count: 1,
      duplicate_count: 1,
      errors: [{ line_number: 5, code: 'phone.not_a_number' }],
    });
    const { total } = await listExclusions(w.db, { q: '9999905', page: 1, page_size: 10 });
    expect(total).toBe(1);
  });
});

describe('looking at contacts', () => {
  it('shows a viewer neither a whole number nor an address, and finds by state, id and number', async () => {
    const { id: campaign_id } = await w.create();
    const people = [
      { phone_number: '+393471112223', email: 'anna@example.com', external_contact_id: 'A-1' },
      { phone_number: '+393471112224', state: 'completed', last_outcome: 'completed', attempts_count: 1 },
    ];
    const [first] = await w.addContacts(campaign_id, people);
    const shown = await findContact(w.db, { campaign_id, contact_id: first!, role: 'viewer' });
    expect(shown.phone_number).not.toContain('347111');
    expect(shown.email).not.toContain('anna');
    const list = async (query: object) => {
      const wanted = { campaign_id, sort: 'created_at', page: 1, page_size: 10, role: 'admin' as const };
      return (await listContacts(w.db, { ...wanted, ...query })).items.map((one) => one.phone_number);
    };
    expect(await list({ state: 'completed' })).toEqual(['+393471112224']);
    expect(await list({ outcome: 'completed' })).toEqual(['+393471112224']);
    expect(await list({ q: 'a-' })).toEqual(['+393471112223']);
    expect(await list({ q: '347 1112223' })).toEqual(['+393471112223']);
    expect(await list({ sort: '-attempts_count' })).toEqual(['+393471112224', '+393471112223']);
  });
});
