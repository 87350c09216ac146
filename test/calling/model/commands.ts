import fc from 'fast-check';
import { expect } from 'vitest';
import { placeCall } from '../../../app/calling/place-call.ts';
import { reconcileCalls } from '../../../app/calling/reconcile-calls.ts';
import { recordCallEvents } from '../../../app/calling/record-call-events.ts';
import { retireUsedUp } from '../../../app/calling/scheduler/retire-used-up.ts';
import { tick } from '../../../app/calling/scheduler/tick.ts';
import { excludeNumber } from '../../../app/contacts/exclusions/exclude-number.ts';
import { fact } from '../fact.ts';
import type { Real } from './real.ts';
import type { Line, Reference } from './reference.ts';

type Command = fc.AsyncCommand<Reference, Real>;
const at = <T>(list: T[], index: number): T | undefined =>
  list.length > 0 ? list[index % list.length] : undefined;

/** A command that ends by comparing everything. */
function command(name: string, run: (model: Reference, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      await real.compare(model);
    },
    toString: () => name,
  };
}

const claim = command('claim', async (model, real) => {
  const free = model.lines - model.live.length;
  const callable = model.people.filter((person) => model.isCallable(person));
  const redials = model.live.filter(({ dial, heldUntil }) => dial === 'reserved' && heldUntil <= model.now);
  const call_ids = await tick(real.ctx, { room: 10 });
  await real.refresh();
  for (const line of redials) {
    expect(call_ids).toContain(line.call_id);
    line.heldUntil = model.now + 30_000;
  }
  const fresh = call_ids.filter((id) => !redials.some(({ call_id }) => call_id === id));
  expect(fresh).toHaveLength(Math.min(free, callable.length));
  for (const call_id of fresh) {
    const person = callable.find(({ id }) => id === real.personOf(call_id));
    expect(person, 'only who may be called is claimed').toBeDefined();
    model.claimed(call_id, person!);
  }
});

type Answer = 'placed' | 'not_placed' | 'invalid' | 'lost' | 'lost_but_taken';

function dial(index: number, answer: Answer): Command {
  return command(`dial ${index} ${answer}`, async (model, real) => {
    const line = at(
      model.live.filter((one) => one.dial === 'reserved'),
      index,
    );
    if (!line) return;
    const refusal = model.refusal(line);
    const previousAt = real.previousAttemptAt(line.call_id);
    const isHeldBack = real.isHeldBack(line.call_id, model.now);
    real.answerNext(answer);
    const result = await placeCall(real.ctx, { call_id: line.call_id });
    await real.refresh();
    if (isHeldBack) return expect(result).toBe('gone');
    if (refusal) {
      expect(result).toBe('withdrawn');
      return refusal === 'excluded'
        ? model.excludedAtDial(line, previousAt)
        : model.withdrawn(line, previousAt);
    }
    model.posts.push({ call_id: line.call_id, to: line.person.phone_number, at: model.now });
    answered(model, real, line, answer);
  });
}

function answered(model: Reference, real: Real, line: Line, answer: Answer): void {
  if (answer === 'invalid') return model.neverValid(line);
  if (answer === 'not_placed') {
    line.heldUntil = real.backOffOf(line.call_id);
    return;
  }
  line.committedAt = model.now;
  line.dial = answer === 'placed' ? 'placed' : 'unknown';
  line.sid = answer === 'lost' ? null : real.sidOf(line.call_id);
}

function told(index: number, type: 'busy' | 'no_answer' | 'failed', times: number): Command {
  return command(`told ${index} ${type} ×${times}`, async (model, real) => {
    const known = model.live.filter(({ sid }) => sid !== null);
    const line = at(known, index);
    if (!line) return;
    const more = { sid: line.sid!, call_id: line.call_id, occurred_at: new Date(model.now) };
    const events = Array.from({ length: times }, () => fact(type, more));
    await recordCallEvents(real.ctx, { provider_name: 'twilio', events });
    // Late, and again: whatever the first one did stands.
    await recordCallEvents(real.ctx, { provider_name: 'twilio', events: [fact('ringing', more), ...events] });
    real.carrierEnds(line.sid!);
    model.missed(line);
  });
}

const reconcile = command('reconcile', async (model, real) => {
  await reconcileCalls(real.ctx);
  await real.refresh();
  for (const line of [...model.live].filter(({ committedAt }) => committedAt !== null)) {
    if (real.hasEnded(line.call_id)) {
      expect(model.now, 'no call is given up before its time').toBeGreaterThanOrEqual(model.lastMoment(line));
      model.missed(line);
    } else {
      const quietSince = 61_000;
      expect(model.now, 'no call outlives its last moment').toBeLessThan(model.lastMoment(line) + quietSince);
      if (line.dial === 'unknown' && real.isPlaced(line.call_id)) {
        expect(line.sid, 'only what the carrier has is adopted').not.toBeNull();
        line.dial = 'placed';
      }
    }
  }
});

const later = (seconds: number) =>
  command(`${seconds} s later`, async (model, real) => {
    model.now += seconds * 1_000;
    real.setNow(model.now);
  });

const status = (to: 'running' | 'paused') =>
  command(to, async (model, real) => {
    model.status = to;
    await real.setCampaign({ status: to });
  });

const list = (index: number) =>
  command(`exclude ${index}`, async (model, real) => {
    const person = at(model.people, index)!;
    const { phone_number } = person;
    const entry = {
      phone_number,
      phone_hash: real.ctx.phoneHash(phone_number),
      campaign_id: null,
      reason: null,
    };
    const now = new Date(model.now);
    await real.db.transaction().execute((tx) => excludeNumber(tx, { ...entry, source: 'manual', now }));
    model.listed(person);
  });

const allow = (attempts: number) =>
  command(`allow ${attempts} attempts`, async (model, real) => {
    model.max_attempts = attempts;
    await real.setCampaign({ max_attempts: attempts });
    await retireUsedUp(real.db, new Date(model.now));
    model.retired();
  });

const index = fc.nat(9);
const answer = fc.constantFrom<Answer>(
  'placed',
  'placed',
  'placed',
  'not_placed',
  'invalid',
  'lost',
  'lost_but_taken',
);

/** Everything that can happen, in any order: claims, dials and their answers, facts, operators, the clock. */
export const commands = fc.commands(
  [
    fc.constant(claim),
    fc.tuple(index, answer).map(([which, what]) => dial(which, what)),
    fc.tuple(index, answer).map(([which, what]) => dial(which, what)),
    fc
      .tuple(
        index,
        fc.constantFrom('busy' as const, 'no_answer' as const, 'failed' as const),
        fc.integer({ min: 1, max: 3 }),
      )
      .map(([which, what, times]) => told(which, what, times)),
    fc.constant(reconcile),
    fc.constantFrom(20, 40, 200, 1_900, 20_000, 60_000).map(later),
    fc.constantFrom('running' as const, 'running' as const, 'paused' as const).map(status),
    index.map(list),
    fc.integer({ min: 1, max: 3 }).map(allow),
  ],
  { maxCommands: 60, size: 'max' },
);
