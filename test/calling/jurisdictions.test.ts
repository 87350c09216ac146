import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commitDial } from '../../app/calling/commit-dial.ts';
import { contactEligibility } from '../../app/calling/contact-eligibility.ts';
import { openZoneSets } from '../../app/calling/scheduler/open-zone-sets.ts';
import type { Jurisdiction } from '../../app/campaigns/jurisdictions/jurisdiction.ts';
import { MILD } from '../campaigns/law-rules.ts';
import { NOON, OUTBOUND, type World, world } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());
beforeEach(() => w.setNow(NOON));

const { country: _, updated_at: __, updated_by_user_id: ___, ...MILD_VALUES } = MILD;

/** The law of Italy: nothing is forbidden but what is given. */
async function law(given: Partial<Jurisdiction>): Promise<void> {
  await w.db
    .updateTable('jurisdiction_profile')
    .set({ ...MILD_VALUES, mode: 'enforce', ...given })
    .where('country', '=', 'IT')
    .execute();
}

/** A claimed contact that is about to be dialled, after so many calls to its number in other campaigns. */
async function aboutToDial(options: { consent?: boolean; earlier?: Date[]; phone_number?: string } = {}) {
  const phone_number = options.phone_number ?? `+3934${String(Math.random()).slice(2, 10)}`;
  for (const started_at of options.earlier ?? []) {
    const other = await w.campaign();
    await w.contacts(other, 1, { phone_number });
    const [call_id] = await w.claim([other], 1);
    const over = { ended_at: started_at, outcome: 'no_answer', disposition: 'no_answer' } as const;
    await w.db
      .updateTable('call_attempt')
      .set({ started_at, dial_commit_at: started_at, dial_state: 'placed', ...over })
      .where('call_id', '=', call_id!)
      .execute();
    await w.db.updateTable('campaign').set({ status: 'cancelled' }).where('id', '=', other).execute();
  }
  const campaign = await w.campaign({ max_attempts: 5 });
  const [contact] = await w.contacts(campaign, 1, { phone_number });
  await w.db
    .updateTable('contact')
    .set({ has_prior_consent: options.consent ?? false })
    .where('id', '=', contact!)
    .execute();
  const [call_id] = await w.claim([campaign], 1);
  const now = w.ctx.now();
  return {
    campaign,
    contact: contact!,
    dial: () => commitDial(w.ctx, { call_id: call_id!, from: OUTBOUND, now }),
  };
}

const ago = (hours: number) => new Date(NOON.getTime() - hours * 3_600_000);

describe('the gate before the dial', () => {
  it('lets pass what the law allows', async () => {
    await law({
      prior_consent_needed: true,
      weekday_start: '11:00',
      weekday_end: '13:00',
      min_gap_minutes: 60,
    });
    const { dial } = await aboutToDial({ consent: true, earlier: [ago(2)] });
    expect(await dial()).toMatchObject({ kind: 'go' });
  });

  it('takes out for good who has not consented where that is needed', async () => {
    await law({ prior_consent_needed: true });
    const { dial, contact } = await aboutToDial();
    expect(await dial()).toEqual({ kind: 'withdrawn', reason: 'no_prior_consent' });
    expect(await w.contact(contact)).toMatchObject({
      state: 'excluded',
      excluded_reason: 'no_prior_consent',
      attempts_count: 0,
    });
  });

  it.each<[string, Partial<Jurisdiction>, Date]>([
    ['before the hours', { weekday_start: '12:30' }, NOON],
    ['after the hours', { weekday_end: '11:30' }, NOON],
    ['on a day without hours', { weekday_start: null, weekday_end: null }, NOON],
    // The eve of the Immaculate Conception, a Monday, has Saturday's hours.
    ['on the eve of a holiday', { saturday_end: '11:00' }, new Date('2026-12-07T11:00:00Z')],
  ])('holds back a call %s, and leaves it waiting', async (_name, given, now) => {
    await law({});
    w.setNow(now);
    const { dial, contact, campaign } = await aboutToDial();
    await law(given);
    expect(await dial()).toEqual({ kind: 'withdrawn', reason: 'window' });
    expect(await w.contact(contact)).toMatchObject({ state: 'pending', attempts_count: 0 });
    const open = await openZoneSets(w.db, { ring_timeout_seconds: 25, now });
    expect(open.filter((pair) => pair.campaign_id === campaign)).toEqual([]);
  });

  it('keeps the time between calls to one number, whichever campaign called', async () => {
    await law({ min_gap_minutes: 240 });
    const { dial, contact } = await aboutToDial({ earlier: [ago(3)] });
    expect(await dial()).toEqual({ kind: 'withdrawn', reason: 'too_soon' });
    const next_attempt_at = new Date(NOON.getTime() + 3_600_000);
    expect(await w.contact(contact)).toMatchObject({ state: 'pending', next_attempt_at });
  });

  it('keeps the number of calls to one number in thirty days', async () => {
    await law({ max_attempts_per_30_days: 2 });
    const month = 30 * 24;
    const { dial, contact } = await aboutToDial({ earlier: [ago(month - 1), ago(100)] });
    expect(await dial()).toEqual({ kind: 'withdrawn', reason: 'too_many_attempts' });
    expect((await w.contact(contact)).next_attempt_at).toEqual(new Date(NOON.getTime() + 3_600_000));
    const { dial: another } = await aboutToDial({ earlier: [ago(month + 1), ago(100)] });
    expect(await another()).toMatchObject({ kind: 'go' });
  });

  it('stops nobody where the profile only advises', async () => {
    await law({
      mode: 'advise',
      prior_consent_needed: true,
      weekday_start: null,
      weekday_end: null,
      max_attempts_per_30_days: 1,
      min_gap_minutes: 10_000,
    });
    const { dial } = await aboutToDial({ earlier: [ago(1)] });
    expect(await dial()).toMatchObject({ kind: 'go' });
  });

  it('is told beforehand, gate by gate', async () => {
    await law({ prior_consent_needed: true });
    const campaign = await w.campaign();
    const [contact_id] = await w.contacts(campaign, 1);
    const asked = { campaign_id: campaign, contact_id: contact_id!, language: 'it' as const, now: NOON };
    const { gates, next_possible_at } = await contactEligibility(w.ctx, asked);
    expect(gates.filter(({ ok }) => !ok).map(({ code }) => code)).toEqual(['prior_consent']);
    expect(next_possible_at).toBeNull();
    await law({ weekday_start: '13:00' });
    const later = await contactEligibility(w.ctx, asked);
    expect(later.next_possible_at).toEqual(new Date('2026-11-25T12:00:00Z'));
  });
});
