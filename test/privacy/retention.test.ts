import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from '../../app/admin/settings.ts';
import { isExcluded } from '../../app/contacts/exclusions/is-excluded.ts';
import { deleteAtProvider } from '../../app/privacy/delete-at-provider.ts';
import { RETENTION, RETENTION_CLASSES, type RetentionClass } from '../../app/privacy/retention-class.ts';
import { retentionReport } from '../../app/privacy/retention-report.ts';
import { setLegalHold } from '../../app/privacy/set-legal-hold.ts';
import { sweepRetention } from '../../app/privacy/sweep-retention.ts';
import { NOON, type World, world } from '../calling/world.ts';
import { dump } from '../support/dump.ts';
import { aPerson, CANARY, elsewhere } from './a-person.ts';

let w: World;
let person: Awaited<ReturnType<typeof aPerson>>;
const atProvider: string[] = [];
beforeEach(async () => {
  atProvider.length = 0;
  w = await world({
    eraseCopy: async ({ provider_call_id, copy }) => void atProvider.push(`${copy} ${provider_call_id}`),
  });
  person = await aPerson(w);
  await elsewhere(w, person.campaign_id);
  await w.db.updateTable('campaign').set({ status: 'completed', updated_at: NOON }).execute();
});
afterEach(() => w.close());

const daysOn = (days: number, ms = 0) => new Date(NOON.getTime() + days * 86_400_000 + ms);
const NOTHING = { recording: 0, transcript: 0, consent: 0, answer: 0, phone_number: 0 };
const daysOf = async (name: RetentionClass) => (await loadSettings(w.db))[RETENTION[name].setting];
const rowsOf = async (table: 'transcript_turn' | 'consent_record' | 'survey_response' | 'call_answer') =>
  (await w.db.selectFrom(table).selectAll().execute()).length;

describe('what is over its time', () => {
  it.each(RETENTION_CLASSES)('%s stays to its last moment, and goes with the next', async (name) => {
    const days = await daysOf(name);
    // The other classes are kept for as long as can be.
    const others = RETENTION_CLASSES.filter((one) => one !== name).map((one) => [
      RETENTION[one].setting,
      3_650,
    ]);
    await w.db.updateTable('provider_config').set(Object.fromEntries(others)).execute();
    expect(await sweepRetention(w.db, { now: daysOn(days) })).toEqual(NOTHING);
    expect(await sweepRetention(w.db, { now: daysOn(days, 1) })).toEqual({ ...NOTHING, [name]: 1 });
    expect(await sweepRetention(w.db, { now: daysOn(days, 1) })).toEqual(NOTHING);
  });

  it('a recording is deleted at the provider, and reported once that is confirmed', async () => {
    const now = daysOn(31);
    await sweepRetention(w.db, { now });
    expect((await retentionReport(w.db, now)).provider).toMatchObject({ pending: 1, confirmed: 0 });
    w.setNow(now);
    await deleteAtProvider(w.ctx);
    expect(atProvider).toEqual([`recording ${person.provider_call_id}`]);
    expect((await retentionReport(w.db, now)).provider).toMatchObject({ pending: 0, confirmed: 1 });
  });

  it('a transcript goes with the words of the answers, and the answers stay', async () => {
    await sweepRetention(w.db, { now: daysOn(181) });
    expect(await rowsOf('transcript_turn')).toBe(0);
    const [response] = await w.db.selectFrom('survey_response').selectAll().execute();
    expect(response).toMatchObject({ q1_answer: CANARY.answer, q1_words: null });
    expect(await rowsOf('consent_record')).toBe(1);
  });

  it('answers go from the response, the outbox, the queue and the figures', async () => {
    await sweepRetention(w.db, { now: daysOn(731) });
    expect(await dump(w.db)).not.toContain(CANARY.answer);
    expect(await rowsOf('call_answer')).toBe(0);
    expect(await w.db.selectFrom('event').select('id').execute()).toHaveLength(1);
  });

  it('numbers go after the campaign, and who said no is still known', async () => {
    await sweepRetention(w.db, { now: daysOn(91) });
    const text = (await dump(w.db)).toLowerCase();
    for (const value of ['3471234567', '347 123 4567', CANARY.email.toLowerCase()]) {
      expect(text).not.toContain(value);
    }
    const phone_hash = w.ctx.phoneHash(CANARY.phone_number);
    expect(await isExcluded(w.db, { phone_hash, campaign_id: person.campaign_id })).toBe(true);
    expect(await w.db.selectFrom('contact').select(['state', 'phone_number']).execute()).toEqual([
      { state: 'completed', phone_number: null },
    ]);
  });

  it('numbers of a campaign that still runs stay', async () => {
    await w.campaign();
    await w.contacts(await w.campaign(), 1, { phone_number: '+393471230000' });
    await sweepRetention(w.db, { now: daysOn(3_650) });
    expect(await dump(w.db)).toContain('+393471230000');
  });

  it('nothing goes under legal hold', async () => {
    const { id } = await w.db.selectFrom('user').select('id').executeTakeFirstOrThrow();
    const actor = {
      user_id: id,
      role: 'admin' as const,
      email: 'a@example.com',
      name: 'A',
      session_id: null,
    };
    const hold = { contact_id: person.contact_id, legal_hold: true, reason: 'a court', actor, now: NOON };
    await setLegalHold(w.db, hold);
    expect(await sweepRetention(w.db, { now: daysOn(3_651) })).toEqual(NOTHING);
    await setLegalHold(w.db, { ...hold, legal_hold: false, reason: null });
    const all = { recording: 1, transcript: 1, consent: 1, answer: 1, phone_number: 1 };
    expect(await sweepRetention(w.db, { now: daysOn(3_651) })).toEqual(all);
  });

  it('shows what is due, what was done, and when the next is', async () => {
    const before = await retentionReport(w.db, daysOn(100));
    const due = Object.fromEntries(before.classes.map((one) => [one.class, one.due]));
    expect(due).toEqual({ recording: 1, transcript: 0, consent: 0, answer: 0, phone_number: 1 });
    expect(before.classes.find((one) => one.class === 'transcript')!.next_due_at).toEqual(daysOn(180));
    await sweepRetention(w.db, { now: daysOn(100) });
    const done = await retentionReport(w.db, daysOn(100));
    expect(done.classes.map((one) => one.due)).toEqual([0, 0, 0, 0, 0]);
    expect(done.sweeps.map((one) => `${one.class} ${one.deleted}`).sort()).toEqual([
      'phone_number 1',
      'recording 1',
    ]);
  });

  it('two sweepers at once do it once', async () => {
    const both = await Promise.all([
      sweepRetention(w.db, { now: daysOn(731) }),
      sweepRetention(w.db, { now: daysOn(731) }),
    ]);
    const sum = (name: RetentionClass) => both[0][name] + both[1][name];
    await sweepRetention(w.db, { now: daysOn(731) });
    expect(sum('answer')).toBeLessThanOrEqual(1);
    const [total] = await w.db
      .selectFrom('retention_sweep')
      .select((eb) => eb.fn.sum<number>('deleted').as('n'))
      .where('class', '=', 'answer')
      .execute();
    expect(Number(total!.n)).toBe(1);
  });
});
