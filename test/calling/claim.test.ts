import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimContacts, claimRedials } from '../../app/calling/scheduler/claim-contacts.ts';
import { openZoneSets } from '../../app/calling/scheduler/open-zone-sets.ts';
import { NOON, type World, world } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

const live = () => w.db.selectFrom('call_attempt').selectAll().where('ended_at', 'is', null).execute();

async function endAll() {
  await w.db
    .updateTable('call_attempt')
    .set({ ended_at: NOON, outcome: 'failed', disposition: 'technical' })
    .where('ended_at', 'is', null)
    .execute();
  await w.db.updateTable('campaign').set({ status: 'cancelled' }).where('status', '=', 'running').execute();
}

describe('the claim', () => {
  it('never opens more calls than there are lines, with eight claimers at once', async () => {
    const campaign = await w.campaign();
    await w.contacts(campaign, 700);
    const open = await w.zonesOf([campaign]);
    for (let round = 0; round < 40; round += 1) {
      const claims = await Promise.all(
        Array.from({ length: 8 }, () =>
          claimContacts(w.db, {
            now: NOON,
            max_concurrent_calls: 10,
            calls_per_second: 1_000,
            provider_name: 'twilio',
            want: 10,
            open,
          }),
        ),
      );
      // Ten lines at first, then the three that were freed.
      expect(claims.flat()).toHaveLength(round === 0 ? 10 : 3);
      const lines = await live();
      expect(lines).toHaveLength(10);
      const freed = lines.slice(0, 3).map(({ id }) => id);
      await w.db
        .updateTable('call_attempt')
        .set({ ended_at: NOON, outcome: 'failed', disposition: 'technical' })
        .where('id', 'in', freed)
        .execute();
    }
    await endAll();
  });

  it('holds calls per second over all claimers, below one a second too', async () => {
    const campaign = await w.campaign();
    await w.contacts(campaign, 20);
    const open = await w.zonesOf([campaign]);
    const later = (seconds: number) => new Date(NOON.getTime() + 3_600_000 + seconds * 1_000);
    const claimAt = (now: Date, calls_per_second: number) =>
      claimContacts(w.db, {
        now,
        max_concurrent_calls: 100,
        calls_per_second,
        provider_name: 'twilio',
        want: 10,
        open,
      });
    const first = await Promise.all([claimAt(later(0), 3), claimAt(later(0), 3), claimAt(later(0.5), 3)]);
    expect(first.flat()).toHaveLength(3);
    expect(await claimAt(later(1.6), 3)).toHaveLength(3);
    expect(await claimAt(later(3), 0.25)).toHaveLength(0);
    expect(await claimAt(later(6), 0.25)).toHaveLength(1);
    expect(await claimAt(later(9), 0.25)).toHaveLength(0);
    await endAll();
  });

  it('moves the contact and opens its attempt in the language the script has', async () => {
    const campaign = await w.campaign({ translated: true });
    const [contact] = await w.contacts(campaign, 1, { preferred_language: 'it' });
    const [call_id] = await w.claim([campaign]);
    expect(await w.attempt(call_id!)).toMatchObject({
      contact_id: contact,
      attempt_number: 1,
      dial_state: 'reserved',
      language: 'it',
      script_version: 1,
    });
    expect(await w.contact(contact!)).toMatchObject({
      state: 'in_progress',
      attempts_count: 1,
      last_attempt_at: NOON,
    });
    expect(call_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
    await endAll();
  });

  it('speaks the campaign’s language where it has no texts in the contact’s', async () => {
    const campaign = await w.campaign();
    await w.contacts(campaign, 1, { preferred_language: 'it' });
    const [call_id] = await w.claim([campaign]);
    expect(await w.attempt(call_id!)).toMatchObject({ language: 'en' });
    await endAll();
  });

  it('never calls one number twice at once, in any campaigns', async () => {
    const [one, other] = [await w.campaign(), await w.campaign()];
    await w.contacts(one, 1, { phone_number: '+393471234567' });
    await w.contacts(other, 1, { phone_number: '+393471234567' });
    expect(await w.claim([one, other])).toHaveLength(1);
    expect(await w.claim([one, other])).toHaveLength(0);
    await endAll();
  });

  it('shares the lines between campaigns, also when one was there first', async () => {
    const [early, late] = [await w.campaign(), await w.campaign()];
    await w.contacts(early, 30);
    await w.contacts(late, 30);
    await w.claim([early], 6);
    await w.claim([early, late], 4);
    const byCampaign = (await live()).filter(({ campaign_id }) => campaign_id === late);
    expect(byCampaign).toHaveLength(4);
    await endAll();
  });

  it('leaves out whoever is not due, has no attempt left, or belongs to a campaign that does not run', async () => {
    const campaign = await w.campaign({ max_attempts: 1 });
    const [notDue, spent] = await w.contacts(campaign, 2);
    const paused = await w.campaign({ status: 'paused' });
    await w.contacts(paused, 1);
    await w.db
      .updateTable('contact')
      .set({ next_attempt_at: new Date(NOON.getTime() + 1) })
      .where('id', '=', notDue!)
      .execute();
    await w.db.updateTable('contact').set({ attempts_count: 1 }).where('id', '=', spent!).execute();
    expect(await w.claim([campaign, paused])).toEqual([]);
    await endAll();
  });

  it('takes up those whose attempts were used up once the campaign allows more, after the interval', async () => {
    const campaign = await w.campaign({ max_attempts: 1 });
    const [contact] = await w.contacts(campaign, 1);
    await w.claim([campaign]);
    await w.db
      .updateTable('contact')
      .set({ state: 'not_reached', not_reached_reason: 'attempts_used_up' })
      .where('id', '=', contact!)
      .execute();
    await w.db
      .updateTable('call_attempt')
      .set({ ended_at: NOON, outcome: 'busy', disposition: 'busy' })
      .where('contact_id', '=', contact!)
      .execute();
    w.later(1_801);
    expect(await w.claim([campaign])).toEqual([]);
    await w.db.updateTable('campaign').set({ max_attempts: 2 }).where('id', '=', campaign).execute();
    w.setNow(NOON);
    expect(await w.claim([campaign])).toEqual([]);
    w.later(1_801);
    expect(await w.claim([campaign])).toHaveLength(1);
    expect(await w.contact(contact!)).toMatchObject({ attempts_count: 2, not_reached_reason: null });
    w.setNow(NOON);
    await endAll();
  });

  it('takes who asked for this time, then retries of another part of the day, then fresh ones, then the rest', async () => {
    const campaign = await w.campaign();
    const [overdue, same, morning, asked, fresh] = await w.contacts(campaign, 5);
    const waits = (id: string, waits_as: number, minutes: number) =>
      w.db
        .updateTable('contact')
        .set({ waits_as, attempts_count: 1, next_attempt_at: new Date(NOON.getTime() - minutes * 60_000) })
        .where('id', '=', id)
        .execute();
    await waits(same!, 3, 19 * 60);
    await waits(overdue!, 3, 21 * 60);
    await waits(morning!, 2, 5);
    await waits(asked!, 0, 0);
    const open = await w.zonesOf([campaign]);
    const limits = { max_concurrent_calls: 10, calls_per_second: 1_000, provider_name: 'twilio' };
    const claimed = [];
    for (let n = 0; n < 5; n += 1) {
      const [call_id] = await claimContacts(w.db, { now: NOON, ...limits, want: 1, open });
      claimed.push((await w.attempt(call_id!))?.contact_id);
    }
    expect(claimed[0]).toBe(asked);
    expect(claimed.slice(1, 3).sort()).toEqual([morning, overdue].sort());
    expect(claimed.slice(3)).toEqual([fresh, same]);
    expect((await w.contact(morning!)).waits_as).toBe(3);
    await endAll();
  });

  it('gives an attempt whose process died to the next one, when its lease is over', async () => {
    const campaign = await w.campaign();
    await w.contacts(campaign, 1);
    const [call_id] = await w.claim([campaign]);
    const redial = (seconds: number) =>
      claimRedials(w.db, {
        now: new Date(NOON.getTime() + seconds * 1_000),
        calls_per_second: 100,
        want: 5,
      });
    expect(await redial(29)).toEqual([]);
    expect(await redial(31)).toEqual([call_id]);
    expect(await redial(32)).toEqual([]);
    await endAll();
  });

  it('lists the pairs with contacts to call whose window is open', async () => {
    const campaign = await w.campaign();
    await w.contacts(campaign, 3);
    await w.contacts(campaign, 3, { zones: ['Asia/Tokyo'] });
    await w.contacts(campaign, 3, { zones: ['America/Los_Angeles'] });
    const open = await openZoneSets(w.db, { ring_timeout_seconds: 25, now: NOON });
    expect(open).toEqual([
      { part: 3, campaign_id: campaign, zone_set_id: await w.zoneSet('IT', ['Europe/Rome']) },
    ]);
    await endAll();
  });
});
