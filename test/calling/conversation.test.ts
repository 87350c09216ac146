import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../app/infra/crypto/hash.ts';
import { waitFor } from '../support/wait-for.ts';
import { answeredCall, begunCall, documentFor, FarSocket, tokenIn } from './far-socket.ts';
import { NOON, type World, world } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());
afterEach(async () => {
  // The line is free for the next one.
  await w.db
    .updateTable('call_attempt')
    .set({ ended_at: NOON, outcome: 'failed', disposition: 'technical' })
    .where('ended_at', 'is', null)
    .execute();
});

describe('the door of a conversation', () => {
  it('opens to the token of the call, once', async () => {
    const call = await answeredCall(w);
    const token = tokenIn(await documentFor(w, call));
    const first = new FarSocket(w);
    first.setup(call.sid, token);
    await first.listen(1);
    expect(first.said[0]).toContain('Do you agree to take part?');
    const second = new FarSocket(w);
    second.setup(call.sid, token);
    await waitFor('the refusal', () => second.closedWith !== null);
    expect(second.closedWith).toBe(1008);
    first.close();
  });

  it.each(['nothing', 'another call’s token', 'a frame that is no setup', 'a token of a minute ago'])(
    'stays shut to %s',
    async (what) => {
      const call = await answeredCall(w);
      const token = tokenIn(await documentFor(w, call));
      const socket = new FarSocket(w);
      if (what === 'a token of a minute ago') w.later(61);
      if (what === 'nothing') socket.setup(call.sid, null);
      else if (what === 'another call’s token') socket.setup('CA-not-this-one', token);
      else if (what === 'a frame that is no setup') socket.say('yes');
      else socket.setup(call.sid, token);
      await waitFor('the refusal', () => socket.closedWith !== null);
      expect(socket.closedWith).toBe(1008);
      w.setNow(NOON);
      socket.close();
    },
  );

  it('is not shown to a call that is settled, unknown, or the provider’s other one', async () => {
    const call = await answeredCall(w);
    const hangUp = w.port.hangUpDocument();
    expect(await documentFor(w, { ...call, sid: 'CA-other' })).toEqual(hangUp);
    expect(await documentFor(w, { ...call, call_id: '01a207da-3c2c-7cb2-8180-0cf5dbe86e4d' })).toEqual(
      hangUp,
    );
    expect(await documentFor(w, { ...call, call_id: 'no uuid' })).toEqual(hangUp);
    await w.db
      .updateTable('call_attempt')
      .set({ ended_at: NOON, outcome: 'failed', disposition: 'technical' })
      .where('call_id', '=', call.call_id)
      .execute();
    expect(await documentFor(w, call)).toEqual(hangUp);
  });

  it('is shown again after a lost socket, but not for ever', async () => {
    const call = await answeredCall(w);
    const tokens = [];
    for (let n = 0; n < 4; n += 1) tokens.push(tokenIn(await documentFor(w, call)));
    expect(tokens.map((token) => token !== null)).toEqual([true, true, true, false]);
  });
});

describe('a conversation', () => {
  const begun = () => begunCall(w);

  it('stores consent and answers with the words they came from, before it speaks on', async () => {
    const { socket, id } = await begun();
    socket.say('Yes, that is fine.');
    await socket.listen(2);
    const consent = await w.db
      .selectFrom('consent_record')
      .selectAll()
      .where('call_attempt_id', '=', id)
      .executeTakeFirst();
    expect(consent).toMatchObject({ decision: 'granted', words: 'Yes, that is fine.', script_version: 1 });
    socket.say('Four.');
    await socket.listen(3);
    const answers = await w.db
      .selectFrom('call_answer')
      .selectAll()
      .where('call_attempt_id', '=', id)
      .execute();
    expect(answers).toMatchObject([{ question: 1, status: 'answered', answer: '4', words: 'Four.' }]);
    socket.close();
  });

  it('goes on after a lost socket without asking again what was agreed', async () => {
    const { socket, call_id, sid } = await begun();
    socket.say('Yes.');
    await socket.listen(2);
    socket.close();
    const next = new FarSocket(w);
    next.setup(sid, tokenIn(await documentFor(w, { call_id, sid })));
    await waitFor('the question again', () =>
      next.said.some((text) => text === 'From 1 to 5, how satisfied are you?'),
    );
    expect(next.said.join(' ')).not.toContain('Do you agree');
    next.close();
  });

  it('has the number on the list before it says so', async () => {
    const { socket, phone_number } = await begun();
    socket.say('Stop calling me.');
    await waitFor('the confirmation', () => socket.said.length >= 2);
    const entry = await w.db
      .selectFrom('exclusion_list_entry')
      .select('source')
      .where('phone_number', '=', phone_number)
      .executeTakeFirst();
    expect(entry).toEqual({ source: 'call' });
    expect(socket.frames.some(({ type }) => type === 'end')).toBe(false);
    await socket.listen(2);
    await waitFor('the end', () => socket.frames.some(({ type }) => type === 'end'));
    socket.close();
  });

  it('takes keys for an answer', async () => {
    const { socket, id } = await begun();
    socket.send({ type: 'dtmf', digit: '1' });
    await socket.listen(2);
    socket.send({ type: 'dtmf', digit: '5' });
    await socket.listen(3);
    const answers = await w.db
      .selectFrom('call_answer')
      .selectAll()
      .where('call_attempt_id', '=', id)
      .execute();
    expect(answers).toMatchObject([{ question: 1, answer: '5' }]);
    socket.close();
  });

  it('writes every turn with its hash, and how long the reply took', async () => {
    const { socket, id } = await begun();
    socket.say('No, thanks.');
    await socket.listen(2);
    const turns = await waitFor('the measure', async () => {
      const rows = await w.db
        .selectFrom('transcript_turn')
        .selectAll()
        .where('call_attempt_id', '=', id)
        .orderBy('position')
        .execute();
      return rows.at(-1)?.latency_ms === null ? null : rows;
    });
    expect(turns.map(({ speaker, interpretation }) => [speaker, interpretation])).toEqual([
      ['agent', null],
      ['respondent', 'no'],
      ['agent', null],
    ]);
    for (const { text, text_hash } of turns) expect(text_hash).toBe(sha256Hex(text));
    socket.close();
  });

  it('takes *9 for an opt-out and any other key at the consent for unclear', async () => {
    const { socket, phone_number } = await begun();
    socket.send({ type: 'dtmf', digit: '5' });
    await socket.listen(3);
    expect(socket.said[1]).toBe('Sorry, I need a clear yes or no.');
    socket.send({ type: 'dtmf', digit: '1' });
    await socket.listen(4);
    for (const digit of '*9') socket.send({ type: 'dtmf', digit });
    await waitFor(
      'the confirmation',
      () => socket.said.at(-1)?.includes('not call this number again') ?? false,
    );
    const entry = await w.db
      .selectFrom('exclusion_list_entry')
      .select('source')
      .where('phone_number', '=', phone_number)
      .executeTakeFirst();
    expect(entry).toEqual({ source: 'call' });
    socket.close();
  });

  it('lets nobody cut the introduction short, but a question', async () => {
    const { socket } = await begun();
    socket.say('Yes.');
    await waitFor('the question', () => socket.said.length >= 2);
    const cuttable = socket.frames.filter(({ type }) => type === 'text').map((frame) => frame.interruptible);
    expect(cuttable).toEqual([false, true]);
    // The question is cut short by its answer, which counts.
    socket.send({ type: 'interrupt', utteranceUntilInterrupt: 'From 1', durationUntilInterruptMs: 300 });
    socket.say('Four.');
    await waitFor('the next question', () => socket.said.at(-1) === 'How many rooms do you have?');
    socket.close();
  });

  it('takes no yes before the question was heard to its end', async () => {
    const call = await answeredCall(w);
    const socket = new FarSocket(w);
    socket.setup(call.sid, tokenIn(await documentFor(w, call)));
    await waitFor('the introduction', () => socket.said.length === 1);
    socket.say('Yes.');
    await waitFor('the turn', async () => {
      const { id } = (await w.attempt(call.call_id))!;
      const turns = await w.db
        .selectFrom('transcript_turn')
        .select('position')
        .where('call_attempt_id', '=', id)
        .execute();
      return turns.length === 2;
    });
    expect(socket.said).toHaveLength(1);
    socket.close();
  });

  it('says nothing to a machine that is known before it begins', async () => {
    const call = await answeredCall(w);
    await w.db
      .updateTable('call_attempt')
      .set({ answered_by: 'machine' })
      .where('call_id', '=', call.call_id)
      .execute();
    const socket = new FarSocket(w);
    socket.setup(call.sid, tokenIn(await documentFor(w, call)));
    await waitFor('the end', () => socket.frames.some(({ type }) => type === 'end'));
    expect(socket.said).toEqual([]);
    socket.close();
  });
});
