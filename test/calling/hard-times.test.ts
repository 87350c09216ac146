import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Interpretation } from '../../app/calling/dialogue/interpreter.ts';
import { rulesInterpreter } from '../../app/calling/dialogue/rules-interpreter.ts';
import { reconcileCalls } from '../../app/calling/reconcile-calls.ts';
import { recordCallEvents } from '../../app/calling/record-call-events.ts';
import { waitFor } from '../support/wait-for.ts';
import { fact } from './fact.ts';
import { begunCall } from './far-socket.ts';
import { NOON, type World, world } from './world.ts';

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());
afterEach(async () => {
  w.ctx.interpreter = rulesInterpreter;
  w.setNow(NOON);
  await w.db
    .updateTable('call_attempt')
    .set({ ended_at: NOON, outcome: 'failed', disposition: 'technical' })
    .where('ended_at', 'is', null)
    .execute();
});

/** An interpreter that thinks until it is told to go on. */
function slowInterpreter() {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const interpret = async (utterance: Parameters<typeof rulesInterpreter.interpret>[0]) => {
    await gate;
    return rulesInterpreter.interpret(utterance);
  };
  return { interpreter: { name: 'slow', interpret }, release: () => release() };
}

const hearing = (id: string) =>
  w.db
    .selectFrom('conversation')
    .select('hearing_until')
    .where('call_attempt_id', '=', id)
    .executeTakeFirstOrThrow();
const end = (sid: string, call_id: string) =>
  recordCallEvents(w.ctx, { provider_name: 'twilio', events: [fact('completed', { sid, call_id })] });

describe('a call that ends while its last words are being understood', () => {
  async function atTheLastQuestion() {
    const call = await begunCall(w);
    for (const [answer, turn] of [
      ['yes', 2],
      ['four', 3],
      ['three', 4],
    ] as const) {
      call.socket.say(answer);
      await call.socket.listen(turn);
    }
    return call;
  }

  it('is settled with them', async () => {
    const { socket, call_id, sid, id } = await atTheLastQuestion();
    const { interpreter, release } = slowInterpreter();
    w.ctx.interpreter = interpreter;
    socket.say('more light in the reading room');
    await waitFor('the mark', async () => (await hearing(id)).hearing_until !== null);
    await end(sid, call_id);
    expect(await w.attempt(call_id)).toMatchObject({ ended_at: null, provider_status: 'completed' });
    socket.close();
    release();
    await waitFor('the settlement', async () => (await w.attempt(call_id))?.ended_at !== null);
    expect(await w.attempt(call_id)).toMatchObject({ disposition: 'completed', outcome: 'completed' });
    const response = await w.db
      .selectFrom('survey_response')
      .select('q3_answer')
      .where('call_attempt_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(response.q3_answer).toBe('more light in the reading room');
  });

  it('is settled without them when the process that heard them is gone', async () => {
    const { socket, call_id, sid, id } = await atTheLastQuestion();
    w.ctx.interpreter = { name: 'dead', interpret: () => new Promise<Interpretation>(() => {}) };
    socket.say('more light');
    await waitFor('the mark', async () => (await hearing(id)).hearing_until !== null);
    await end(sid, call_id);
    await w.db
      .updateTable('call_attempt')
      .set({ dial_commit_at: NOON, ring_timeout_seconds: 25, time_limit_seconds: 300 })
      .where('id', '=', id)
      .execute();
    w.later(90);
    await reconcileCalls(w.ctx);
    expect(await w.attempt(call_id)).toMatchObject({ disposition: 'break_off', outcome: 'failed' });
    socket.close();
  });
});

describe('without a database', () => {
  /** Every transaction fails from now on, until the answer is called. */
  function lose(): () => void {
    const { db } = w.ctx;
    const gone = {
      isTransaction: false,
      transaction: () => ({ execute: () => Promise.reject(new Error('gone')) }),
    };
    w.ctx.db = gone as never;
    return () => {
      w.ctx.db = db;
    };
  }

  it('an opt-out ends the call, claims nothing, and is written as soon as that can be done', async () => {
    const { socket, phone_number, id } = await begunCall(w);
    const comeBack = lose();
    socket.say('never call me again');
    await waitFor('the last line', () => socket.said.length >= 2, 8_000);
    comeBack();
    expect(socket.said.at(-1)).toBe('Understood, I have noted your request. Goodbye.');
    await socket.listen(2);
    await waitFor('the end', () => socket.frames.some(({ type }) => type === 'end'));
    await waitFor(
      'the entry',
      async () =>
        (await w.db
          .selectFrom('exclusion_list_entry')
          .select('id')
          .where('phone_number', '=', phone_number)
          .executeTakeFirst()) !== undefined,
      8_000,
    );
    const consent = await w.db
      .selectFrom('consent_record')
      .select(['decision', 'reason'])
      .where('call_attempt_id', '=', id)
      .executeTakeFirst();
    expect(consent).toEqual({ decision: 'refused', reason: 'opt_out' });
    socket.close();
  });

  it('a consent is not taken: what cannot be stored is not gone on with', async () => {
    const { socket } = await begunCall(w);
    const comeBack = lose();
    socket.say('yes');
    await waitFor('the close', () => socket.closedWith !== null, 8_000);
    comeBack();
    expect(socket.closedWith).toBe(1011);
    expect(socket.said).toHaveLength(1);
    socket.close();
  });

  it('a refusal is obeyed though the database hangs', async () => {
    const { socket, id } = await begunCall(w);
    // Somebody holds the row, and lets go only after the call is over.
    let letGo = () => {};
    const held = w.db.transaction().execute(async (tx) => {
      await sql`select 1 from call_attempt where id = ${id} for update`.execute(tx);
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    });
    socket.say('no thank you');
    await waitFor('the goodbye', () => socket.said.length >= 2, 8_000);
    await socket.listen(2);
    await waitFor('the end', () => socket.frames.some(({ type }) => type === 'end'));
    letGo();
    await held;
    await waitFor('the record', async () => {
      const row = await w.db
        .selectFrom('consent_record')
        .select('decision')
        .where('call_attempt_id', '=', id)
        .executeTakeFirst();
      return row?.decision === 'refused';
    });
    socket.close();
  });
});
