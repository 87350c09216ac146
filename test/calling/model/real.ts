import { expect } from 'vitest';
import type { PlaceCall, PlaceCallResult } from '../../../app/calling/telephony/provider.ts';
import { fact } from '../fact.ts';
import type { World } from '../world.ts';
import type { Reference } from './reference.ts';

type Row = Awaited<ReturnType<typeof readAttempts>>[number];

/** A carrier that does what it is told, and remembers every request. */
export class Carrier {
  readonly posts: PlaceCall[] = [];
  readonly #calls = new Map<string, { to: string; at: Date; ended: boolean }>();
  #next = 'placed';
  now = new Date(0);

  answerNext(answer: string): void {
    this.#next = answer;
  }

  place(call: PlaceCall): PlaceCallResult {
    this.posts.push(call);
    const provider_call_id = `CA-${call.call_id}`;
    const took = () => this.#calls.set(provider_call_id, { to: call.to, at: this.now, ended: false });
    if (this.#next === 'not_placed')
      return { kind: 'not_placed', retry_after_ms: 2_000, error_code: '20429' };
    if (this.#next === 'invalid')
      return { kind: 'rejected', failure: 'invalid_number', error_code: '21211', detail: 'invalid' };
    if (this.#next === 'lost') return { kind: 'unknown', error_code: 'timeout' };
    took();
    if (this.#next === 'lost_but_taken') return { kind: 'unknown', error_code: 'timeout' };
    return { kind: 'placed', provider_call_id };
  }

  end(sid: string): void {
    const call = this.#calls.get(sid);
    if (call) call.ended = true;
  }

  find(to: string) {
    return [...this.#calls]
      .filter(([, call]) => call.to === to)
      .map(([provider_call_id, { at }]) => ({ provider_call_id, created_at: at }));
  }

  get(sid: string) {
    const call = this.#calls.get(sid);
    if (!call) return null;
    return call.ended ? [] : [fact('ringing', { sid })];
  }
}

/** The product under test: one campaign in a world of its own, read back whole after every step. */
export class Real {
  readonly #world: World;
  readonly #campaign: string;
  readonly carrier: Carrier;
  #attempts: Row[] = [];
  #before = new Map<string, number>();

  constructor(world: World, campaign: string, carrier: Carrier) {
    this.#world = world;
    this.#campaign = campaign;
    this.carrier = carrier;
  }

  get db() {
    return this.#world.db;
  }

  get ctx() {
    return this.#world.ctx;
  }

  setNow(ms: number): void {
    this.#world.setNow(new Date(ms));
    this.carrier.now = new Date(ms);
  }

  setCampaign(set: Record<string, unknown>) {
    return this.db.updateTable('campaign').set(set).where('id', '=', this.#campaign).execute();
  }

  answerNext(answer: string): void {
    this.carrier.answerNext(answer);
  }

  carrierEnds(sid: string): void {
    this.carrier.end(sid);
  }

  sidOf = (call_id: string) => `CA-${call_id}`;
  personOf = (call_id: string) => this.#fresh(call_id)?.contact_id;
  hasEnded = (call_id: string) => this.#fresh(call_id)?.ended_at !== null;
  isPlaced = (call_id: string) => this.#fresh(call_id)?.dial_state === 'placed';
  backOffOf = (call_id: string) => this.#fresh(call_id)?.next_dial_at?.getTime() ?? 0;
  isHeldBack = (call_id: string, now: number) => (this.#fresh(call_id)?.next_dial_at?.getTime() ?? 0) > now;

  /** Of the attempt before this one of the same person; 0 for none. */
  previousAttemptAt(call_id: string): number {
    return this.#before.get(call_id) ?? 0;
  }

  /** What is stored now; a command reads it again after it has acted. */
  async refresh(): Promise<void> {
    this.#attempts = await readAttempts(this.#world, this.#campaign);
    for (const { call_id, contact_id, attempt_number } of this.#attempts) {
      const earlier = this.#attempts.find(
        (one) => one.contact_id === contact_id && one.attempt_number === attempt_number - 1,
      );
      this.#before.set(call_id, earlier?.started_at.getTime() ?? 0);
    }
  }

  /** Holds what is stored, and what the carrier saw, against what is expected. */
  async compare(model: Reference): Promise<void> {
    await this.refresh();
    const contacts = await this.db
      .selectFrom('contact')
      .selectAll()
      .where('campaign_id', '=', this.#campaign)
      .orderBy('id')
      .execute();
    expect(contacts.map(seen)).toEqual(model.people.map(expected));
    for (const person of model.people) {
      const numbers = this.#attempts
        .filter(({ contact_id }) => contact_id === person.id)
        .map((one) => one.attempt_number);
      expect(numbers.sort(), 'attempts are numbered without a gap').toEqual(
        Array.from({ length: person.attempts }, (_, at) => at + 1),
      );
    }
    const live = this.#attempts.filter(({ ended_at }) => ended_at === null);
    expect(live.map(({ call_id }) => call_id).sort()).toEqual(
      model.live.map(({ call_id }) => call_id).sort(),
    );
    expect(live.length).toBeLessThanOrEqual(model.lines);
    expect(new Set(live.map(({ phone_number }) => phone_number)).size).toBe(live.length);
    expect(this.carrier.posts.map(({ call_id, to }) => ({ call_id, to }))).toEqual(
      model.posts.map(({ call_id, to }) => ({ call_id, to })),
    );
  }

  #fresh(call_id: string): Row | undefined {
    return this.#attempts.find((one) => one.call_id === call_id);
  }
}

function readAttempts({ db }: World, campaign_id: string) {
  return db
    .selectFrom('call_attempt')
    .selectAll()
    .where('campaign_id', '=', campaign_id)
    .orderBy('id')
    .execute();
}

type Contact = {
  id: string;
  state: string;
  not_reached_reason: string | null;
  attempts_count: number;
  next_attempt_at: Date | null;
};

function seen({ id, state, not_reached_reason, attempts_count, next_attempt_at }: Contact) {
  // While a call is live, when the next one would be is nobody's business.
  const due = state === 'pending' ? (next_attempt_at?.getTime() ?? null) : null;
  return { id, state, reason: not_reached_reason, attempts: attempts_count, due };
}

function expected({ id, state, reason, attempts, dueAt }: Reference['people'][number]) {
  return { id, state, reason, attempts, due: state === 'pending' ? dueAt : null };
}
