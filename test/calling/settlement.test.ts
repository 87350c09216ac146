import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DISPOSITIONS, type Disposition } from '../../app/calling/call.ts';
import type { CallEnd } from '../../app/calling/call-end.ts';
import { settleCall } from '../../app/calling/settle-call.ts';
import { excludeNumber } from '../../app/contacts/exclusions/exclude-number.ts';
import { NOON, type World, world } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

const COMPLETED: CallEnd = { by: 'provider', status: 'completed', failure: null, error_code: null };

/** An answered call whose conversation came to `decided`, with consent and as many answers as given. */
async function callThat(decided: Disposition | null, given: { consent?: boolean; answers?: number } = {}) {
  const campaign = await w.campaign();
  const [contact] = await w.contacts(campaign, 1);
  const [call_id] = await w.claim([campaign], 1);
  const attempt = (await w.attempt(call_id!))!;
  const { id } = attempt;
  if (decided !== null) {
    const state = JSON.stringify({ phase: 'over', disposition: decided });
    const values = { call_attempt_id: id, state, disposition: decided, updated_at: NOON };
    await w.db.insertInto('conversation').values(values).execute();
  }
  if (given.consent) {
    await w.db
      .insertInto('consent_record')
      .values({
        call_attempt_id: id,
        decision: 'granted',
        words: 'yes',
        script_version: 1,
        script_hash: 'h',
        decided_at: NOON,
        decided_by: 'yes',
      })
      .execute();
  }
  for (let question = 1; question <= (given.answers ?? 0); question += 1) {
    await w.db
      .insertInto('call_answer')
      .values({ call_attempt_id: id, question, status: 'answered', answer: String(question), words: 'w' })
      .execute();
  }
  return { campaign, contact: contact!, call_id: call_id!, attempt };
}

const settle = (call_id: string, end: CallEnd = COMPLETED) =>
  w.db
    .transaction()
    .execute((tx) => settleCall(tx, { call_id, end, ended_at: NOON, now: NOON, phoneHash: w.ctx.phoneHash }));
const eventsOf = async (contact: string) =>
  (await w.db.selectFrom('event').select('event_type').where('contact_id', '=', contact).execute()).map(
    ({ event_type }) => event_type,
  );
const answersOf = (id: string) =>
  w.db.selectFrom('call_answer').selectAll().where('call_attempt_id', '=', id).execute();

const THEN = {
  completed: ['completed', 'survey.completed'],
  refused: ['refused', 'survey.refused'],
  retry: ['pending'],
  invalid_number: ['not_reached', 'survey.not_reached'],
  wrong_person: ['not_reached', 'survey.not_reached'],
  language_barrier: ['not_reached', 'survey.not_reached'],
  minor: ['not_reached', 'survey.not_reached'],
} as const;
const OF_A_CONVERSATION = (Object.keys(DISPOSITIONS) as Disposition[]).filter(
  (name) => !['no_answer', 'busy', 'dial_unknown', 'blocked', 'invalid_number'].includes(name),
);

describe('the settlement', () => {
  it.each(OF_A_CONVERSATION)('of a conversation that came to %s', async (disposition) => {
    const { contact, call_id } = await callThat(disposition, { consent: true, answers: 3 });
    expect(await settle(call_id)).toBe(disposition);
    const { outcome, contact: consequence } = DISPOSITIONS[disposition];
    expect(await w.attempt(call_id)).toMatchObject({ outcome, disposition, ended_at: NOON });
    const [state, ...told] = THEN[consequence];
    expect(await w.contact(contact)).toMatchObject({ state, last_outcome: outcome, attempts_count: 1 });
    expect(await eventsOf(contact)).toEqual(told);
  });

  it.each<[Disposition, CallEnd]>([
    ['busy', { ...COMPLETED, status: 'busy' }],
    ['no_answer', { ...COMPLETED, status: 'no_answer' }],
    ['technical', { ...COMPLETED, status: 'failed' }],
    ['blocked', { ...COMPLETED, status: 'failed', failure: 'blocked' }],
    ['invalid_number', { ...COMPLETED, status: 'failed', failure: 'invalid_number' }],
    ['technical', COMPLETED],
    ['dial_unknown', { by: 'reconciler', disposition: 'dial_unknown' }],
  ])('of a call without a conversation as %s', async (disposition, end) => {
    const { contact, call_id } = await callThat(null);
    expect(await settle(call_id, end)).toBe(disposition);
    const [state, ...told] = THEN[DISPOSITIONS[disposition].contact];
    expect(await w.contact(contact)).toMatchObject({ state });
    expect(await eventsOf(contact)).toEqual(told);
  });

  it('happens once', async () => {
    const { call_id, contact } = await callThat('refusal');
    expect(await settle(call_id)).toBe('refusal');
    expect(await settle(call_id, { ...COMPLETED, status: 'busy' })).toBeNull();
    expect(await w.contact(contact)).toMatchObject({ state: 'refused', last_outcome: 'refused' });
  });

  it('makes the three answers of a completed call its survey response', async () => {
    const { call_id, attempt } = await callThat('completed', { consent: true, answers: 3 });
    await settle(call_id);
    const response = await w.db
      .selectFrom('survey_response')
      .selectAll()
      .where('call_attempt_id', '=', attempt.id)
      .executeTakeFirst();
    expect(response).toMatchObject({ q1_answer: '1', q2_answer: '2', q3_answer: '3', q3_status: 'answered' });
  });

  it('believes no survey without its evidence', async () => {
    const short = await callThat('completed', { consent: true, answers: 2 });
    expect(await settle(short.call_id)).toBe('break_off');
    expect(await answersOf(short.attempt.id)).toHaveLength(2);
    const unasked = await callThat('completed', { consent: false, answers: 3 });
    expect(await settle(unasked.call_id)).toBe('technical');
    expect(await answersOf(unasked.attempt.id)).toHaveLength(0);
  });

  it('forgets the partial answers of a refusal and keeps those of a call that broke off', async () => {
    const refused = await callThat('refusal', { consent: true, answers: 2 });
    await settle(refused.call_id);
    expect(await answersOf(refused.attempt.id)).toHaveLength(0);
    const broken = await callThat('break_off', { consent: true, answers: 2 });
    await settle(broken.call_id);
    expect(await answersOf(broken.attempt.id)).toHaveLength(2);
  });

  it('waits the interval before the next attempt, or until the time that was asked for', async () => {
    const { call_id, contact } = await callThat('no_explicit_consent');
    await settle(call_id);
    expect(await w.contact(contact)).toMatchObject({ next_attempt_at: new Date(NOON.getTime() + 1_800_000) });
    const later = await callThat('callback_requested');
    const callback_at = new Date(NOON.getTime() + 7_200_000);
    await w.db
      .updateTable('conversation')
      .set({ callback_at })
      .where('call_attempt_id', '=', later.attempt.id)
      .execute();
    await settle(later.call_id);
    expect(await w.contact(later.contact)).toMatchObject({ state: 'pending', next_attempt_at: callback_at });
  });

  it('ends the contact when its attempts are used up, and says so once, ever', async () => {
    const { call_id, contact, campaign } = await callThat(null);
    const allow = (max_attempts: number) =>
      w.db.updateTable('campaign').set({ max_attempts }).where('id', '=', campaign).execute();
    await allow(1);
    await settle(call_id, { ...COMPLETED, status: 'busy' });
    expect(await w.contact(contact)).toMatchObject({
      state: 'not_reached',
      not_reached_reason: 'attempts_used_up',
    });
    await allow(2);
    w.later(1_801);
    const [again] = await w.claim([campaign], 1);
    await settle(again!, { ...COMPLETED, status: 'busy' });
    w.setNow(NOON);
    expect(await w.contact(contact)).toMatchObject({ state: 'not_reached', attempts_count: 2 });
    expect(await eventsOf(contact)).toEqual(['survey.not_reached']);
  });

  it('excludes the contact whose number went on the list during the call', async () => {
    const { call_id, contact, attempt } = await callThat(null);
    const phone_number = attempt.phone_number!;
    await w.db.transaction().execute((tx) =>
      excludeNumber(tx, {
        phone_number,
        phone_hash: w.ctx.phoneHash(phone_number),
        campaign_id: null,
        reason: null,
        source: 'manual',
        now: NOON,
      }),
    );
    await settle(call_id, { ...COMPLETED, status: 'no_answer' });
    expect(await w.contact(contact)).toMatchObject({ state: 'excluded', last_outcome: 'no_answer' });
  });

  it('puts an opt-out on the list even if the call lost its write', async () => {
    const { call_id, attempt } = await callThat('opt_out');
    await settle(call_id);
    const entry = await w.db
      .selectFrom('exclusion_list_entry')
      .select(['campaign_id', 'source'])
      .where('phone_number', '=', attempt.phone_number)
      .executeTakeFirst();
    expect(entry).toEqual({ campaign_id: null, source: 'call' });
  });
});
