import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweepRetention } from '../../app/privacy/sweep-retention.ts';
import { ENTERED } from '../campaigns/a-campaign.ts';
import type { Account } from '../support/api.ts';
import { type Answer, ITALIAN, type RehearsalRoom, rehearsalRoom } from './a-rehearsal.ts';

let room: RehearsalRoom;
let id: string;
beforeAll(async () => {
  room = await rehearsalRoom();
});
afterAll(() => room.api.stop());
beforeEach(async () => {
  id = await room.campaign();
});

describe('a rehearsal', () => {
  it('speaks the wording of the campaign, stamped with its version, its language and who plays', async () => {
    const { status, json } = await room.ask('manager', 'POST', `/api/campaigns/${id}/rehearsals`, {
      language: 'en',
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      campaign_id: id,
      script_version: 1,
      is_current: true,
      language: 'en',
      is_draft: true,
      interpreter: 'rules',
      agent: [ENTERED.intro_script],
      interpretation: null,
      consent: null,
      answers: [],
      outcome: null,
      waiting_for: { context: 'consent', question: 0 },
    });
    expect(json.user_name).toBeTruthy();
    expect(json.transcript[0]).toMatchObject({ speaker: 'agent', prompt: 'intro', verbatim: true });
    expect(json.transcript[0].spoken_seconds).toBeGreaterThan(5);
  });

  it('says whether that wording could still change', async () => {
    expect((await room.begin(id)).is_draft).toBe(true);
    const sensitive = { ...ENTERED, topic: 'health' };
    await room.ask('manager', 'PUT', `/api/campaigns/${id}`, sensitive);
    await room.ask('admin', 'POST', `/api/campaigns/${id}/approve`, { reason: 'agreed' });
    expect((await room.begin(id)).is_draft, 'approved').toBe(false);
    const other = await room.campaign();
    await room.api.db.updateTable('campaign').set({ status: 'running' }).where('id', '=', other).execute();
    expect((await room.begin(other)).is_draft, 'launched').toBe(false);
  });

  it('shows verdict, answers with confidence and the outcome, turn by turn', async () => {
    const rehearsal = await room.begin(id);
    const consented = await room.play(rehearsal, 'Yes, sure.');
    expect(consented).toMatchObject({
      agent: [ENTERED.question_1_text],
      interpretation: { label: 'yes', confidence: expect.any(Number) },
      consent: { decision: 'granted', words: 'Yes, sure.' },
      waiting_for: { context: 'question', question: 1, type: 'scale', scale_min: 1, scale_max: 5 },
      outcome: null,
    });
    const done = await room.play(rehearsal, 'four', 'twice', 'More light');
    expect(done).toMatchObject({ outcome: 'completed', disposition: 'completed', aapor: '1.1' });
    expect(done).toMatchObject({ answers_fate: 'stored', waiting_for: null, utterances: 4 });
    expect(done.answers.map(({ question, answer, status }: Answer) => [question, answer, status])).toEqual([
      [1, '4', 'answered'],
      [2, '2', 'answered'],
      [3, 'More light', 'answered'],
    ]);
    expect(done.answers[0]).toMatchObject({ type: 'scale', words: 'four', confidence: expect.any(Number) });
    expect(done.transcript.map(({ position }: Answer) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const stored = await room.ask('manager', 'GET', `/api/rehearsals/${rehearsal.id}`);
    expect(stored.json).toEqual(done);
    const after = await room.turn(rehearsal, { text: 'hello?' });
    expect([after.status, after.json.code]).toEqual([409, 'rehearsal.over']);
  });

  it('takes keys, silence, a machine and the hang-up, as the line would', async () => {
    const keyed = await room.begin(id);
    expect((await room.turn(keyed, { keys: '1' })).json.consent.decision).toBe('granted');
    expect((await room.turn(keyed, { keys: '4' })).json.answers).toMatchObject([
      { answer: '4', words: '[4]' },
    ]);
    expect((await room.turn(keyed, { keys: '12#' })).json.answers[1]).toMatchObject({ answer: '12' });
    const gone = (await room.turn(keyed, { event: 'hang_up' })).json;
    expect(gone).toMatchObject({ disposition: 'break_off', outcome: 'failed', answers_fate: 'kept_apart' });
    const quiet = await room.begin(id);
    expect((await room.turn(quiet, { event: 'silence' })).json.outcome).toBeNull();
    expect((await room.turn(quiet, { event: 'silence' })).json.disposition).toBe('no_explicit_consent');
    const machine = (await room.turn(await room.begin(id), { event: 'machine' })).json;
    expect(machine).toMatchObject({ disposition: 'answering_machine', agent: [] });
  });

  it('says of an opt-out what a call would do, and does it to nobody', async () => {
    const before = await room.leftBehind();
    const done = await room.play(await room.begin(id, 'it'), 'Mi tolga dalla lista.');
    expect(done).toMatchObject({ disposition: 'opt_out', outcome: 'refused', opt_out: true });
    expect(done.consent).toMatchObject({ decision: 'refused' });
    expect(done.agent.join()).not.toBe('');
    expect(await room.leftBehind()).toEqual(before);
  });

  it('goes on once when two windows answer at the same time', async () => {
    const rehearsal = await room.begin(id);
    const both = await Promise.all([
      room.turn(rehearsal, { text: 'Yes.' }),
      room.turn(rehearsal, { text: 'No.' }),
    ]);
    const won = both.filter(({ status }) => status === 200);
    const lost = both.filter(({ status }) => status === 409);
    // One after the other is fine too; then the second is a turn of its own, or comes after the end.
    expect(won.length + lost.length).toBe(2);
    for (const { json } of lost) expect(['rehearsal.moved', 'rehearsal.over']).toContain(json.code);
    const { json } = await room.ask('manager', 'GET', `/api/rehearsals/${rehearsal.id}`);
    expect(json.utterances).toBe(won.length);
  });

  it.each([
    [{ text: '  ' }, 'text'],
    [{}, 'text'],
    [{ text: 'yes', event: 'silence' }, 'text'],
    [{ keys: 'A' }, 'keys'],
    [{ event: 'shout' }, 'event'],
    [{ text: 'x'.repeat(1001) }, 'text'],
  ])('refuses %j', async (body, field) => {
    const { status, json } = await room.turn(await room.begin(id), body);
    expect([status, json.errors[0].field]).toEqual([422, field]);
  });

  it('is refused in a language that the campaign does not speak, and for a campaign that is gone', async () => {
    await room.ask('manager', 'PUT', `/api/campaigns/${id}`, { ...ENTERED, translations: {} });
    const { status, json } = await room.ask('manager', 'POST', `/api/campaigns/${id}/rehearsals`, {
      language: 'it',
    });
    expect([status, json.errors[0].field]).toEqual([422, 'language']);
    const rehearsal = await room.begin(id);
    await room.ask('manager', 'DELETE', `/api/campaigns/${id}`);
    expect((await room.turn(rehearsal, { text: 'yes' })).status).toBe(404);
    expect((await room.turn({ id: randomUUID() }, { text: 'yes' })).status).toBe(404);
    expect((await room.turn({ id: 'none' }, { text: 'yes' })).status).toBe(404);
  });
});

describe('who reads what', () => {
  it('a viewer sees the result and not a word that was typed, and plays nothing', async () => {
    const rehearsal = await room.begin(id);
    await room.play(rehearsal, 'Take me off your list, I am Jane Canary.');
    const { json } = await room.ask('viewer', 'GET', `/api/campaigns/${id}/rehearsals`);
    expect(json).toMatchObject({
      total: 1,
      items: [{ id: rehearsal.id, outcome: 'refused', utterances: 1 }],
    });
    expect(JSON.stringify(json)).not.toContain('Canary');
    expect((await room.ask('viewer', 'GET', `/api/rehearsals/${rehearsal.id}`)).status).toBe(403);
    expect((await room.ask('viewer', 'POST', `/api/campaigns/${id}/rehearsals`, {})).status).toBe(403);
    expect((await room.ask('viewer', 'POST', `/api/campaigns/${id}/trial-runs`, {})).status).toBe(403);
    const can = async (who: Account) =>
      (await room.ask(who, 'GET', `/api/campaigns/${id}`)).json.can.rehearse;
    expect([await can('viewer'), await can('manager')]).toEqual([false, true]);
  });

  it('what was typed goes with the transcripts of calls, that it took place stays', async () => {
    const rehearsal = await room.begin(id);
    await room.play(rehearsal, 'No, I am Jane Canary.');
    const days = (count: number) => ({ now: new Date(Date.now() + count * 86_400_000) });
    expect((await sweepRetention(room.api.db, days(179))).transcript).toBe(0);
    expect((await sweepRetention(room.api.db, days(181))).transcript).toBeGreaterThan(0);
    const { json } = await room.ask('manager', 'GET', `/api/rehearsals/${rehearsal.id}`);
    expect(json).toMatchObject({ transcript: null, answers: [], disposition: 'refusal' });
    expect(JSON.stringify(await room.api.db.selectFrom('rehearsal').selectAll().execute())).not.toContain(
      'Canary',
    );
    expect((await room.turn(rehearsal, { text: 'yes' })).json.code).toBe('rehearsal.over');
    expect(await room.advice(id)).toContain('warning (en) true');
  });
});

describe('the checklist', () => {
  it('advises to rehearse this wording in each of its languages, and stops nobody', async () => {
    expect(await room.advice(id)).toEqual(['warning (en) false', 'warning (it) false']);
    await room.begin(id, 'en');
    expect(await room.advice(id), 'begun is not rehearsed').toEqual([
      'warning (en) false',
      'warning (it) false',
    ]);
    await room.turn(await room.begin(id, 'en'), { event: 'hang_up' });
    expect(await room.advice(id), 'nor is hanging up').toEqual(['warning (en) false', 'warning (it) false']);
    await room.play(await room.begin(id, 'it'), 'No, grazie.');
    expect(await room.advice(id)).toEqual(['warning (en) false', 'warning (it) true']);
    const reworded = { ...ENTERED, translations: { it: ITALIAN }, question_3_text: 'What now?' };
    await room.ask('manager', 'PUT', `/api/campaigns/${id}`, reworded);
    expect(await room.advice(id), 'another wording').toEqual(['warning (en) false', 'warning (it) false']);
    const { items } = (await room.ask('manager', 'GET', `/api/campaigns/${id}/rehearsals`)).json;
    expect(items.map(({ is_current }: Answer) => is_current)).toEqual([false, false, false]);
  });
});
