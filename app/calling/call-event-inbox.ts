import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import { isId } from '../infra/db/id.ts';
import type { CallPorts } from './ports.ts';
import type { CallEvent } from './telephony/provider.ts';

/** What became of a fact that was news; null for a repeat. */
export type Fate = { call_id: string | null; fate: 'applied' | 'unknown' | 'anomaly' } | null;

type Ctx = Pick<CallPorts, 'db' | 'now'>;
type Waiting = {
  provider_name: string;
  event: CallEvent;
  resolve(fate: Fate): void;
  reject(error: unknown): void;
};

// One batch is being stored while the next one gathers: with two at a time the batches halve and the database does the
// same work twice over (measured: 0.42 of pgbench's rate instead of 0.84 at 32 connections). Only when one takes long,
// because it waits for a call that somebody holds, does another go past it.
const PATIENCE_MS = 100;
const MOST_AT_ONCE = 4;
const LARGEST_BATCH = 200;

/**
 * Stores facts that end no call: whatever has come in while the last ones were being stored goes in one round trip, so
 * that a burst costs few commits. Nobody waits for company: a fact that comes alone is stored at once.
 */
export class CallEventInbox {
  readonly #ctx: Ctx;
  #waiting: Waiting[] = [];
  #running = 0;
  /** The newest batch, while it is neither stored nor late. */
  #awaited: Waiting[] | null = null;

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  /** Resolves once the fact is committed; rejects when it could not be stored. */
  add(provider_name: string, event: CallEvent): Promise<Fate> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ provider_name, event, resolve, reject });
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#waiting.length === 0 || this.#running === MOST_AT_ONCE || this.#awaited !== null) return;
    const batch = this.#takeBatch();
    this.#running += 1;
    this.#awaited = batch;
    const late = setTimeout(() => this.#waitNoMoreFor(batch), PATIENCE_MS);
    void this.#store(batch).finally(() => {
      clearTimeout(late);
      this.#running -= 1;
      this.#waitNoMoreFor(batch);
    });
  }

  #waitNoMoreFor(batch: Waiting[]): void {
    if (this.#awaited === batch) this.#awaited = null;
    this.#pump();
  }

  // Of one provider, and of two calls that claim to be one only the first: they are told apart by their order.
  #takeBatch(): Waiting[] {
    const provider_name = this.#waiting[0]?.provider_name;
    const calls = new Map<string, string>();
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const one of this.#waiting) {
      const { call_id, provider_call_id } = one.event;
      const known = calls.get(call_id ?? provider_call_id) ?? provider_call_id;
      const fits = one.provider_name === provider_name && known === provider_call_id;
      if (fits && batch.length < LARGEST_BATCH) {
        calls.set(call_id ?? provider_call_id, provider_call_id);
        batch.push(one);
      } else rest.push(one);
    }
    this.#waiting = rest;
    return batch;
  }

  async #store(batch: Waiting[]): Promise<void> {
    try {
      const fates = await ingest(this.#ctx, batch);
      batch.forEach(({ resolve }, n) => {
        resolve(fates.get(n) ?? null);
      });
    } catch (error) {
      if (batch.length === 1) return batch[0]?.reject(error);
      // One fact that cannot be stored must not fail its neighbours.
      for (const one of batch) await this.#store([one]);
    }
  }
}

const inboxes = new WeakMap<Ctx, CallEventInbox>();

/** The inbox of this process; there is one, so that facts find company. */
export function inboxOf(ctx: Ctx): CallEventInbox {
  const inbox = inboxes.get(ctx) ?? new CallEventInbox(ctx);
  inboxes.set(ctx, inbox);
  return inbox;
}

async function ingest(ctx: Ctx, batch: Waiting[]): Promise<Map<number, NonNullable<Fate>>> {
  const { provider_name } = batch[0] as Waiting;
  const events = batch.map(({ event }, n) => ({
    n,
    key: `${provider_name}:${event.provider_event_key}`,
    given_call_id: event.call_id !== null && isId(event.call_id) ? event.call_id : null,
    provider_call_id: event.provider_call_id,
    type: event.type,
    raw_status: event.provider_raw_status,
    occurred_at: event.occurred_at,
    payload: event.payload,
  }));
  const rows = await ingested(ctx.db, provider_name, ctx.now(), JSON.stringify(events));
  return new Map(rows.map(({ n, ...fate }) => [n, fate]));
}

async function ingested(db: Db, provider_name: string, now: Date, events: string) {
  const { rows } = await sql<{ n: number } & NonNullable<Fate>>`
    select n, call_id, fate from ingest_call_events(${provider_name}, ${now}, ${events}::jsonb)`.execute(db);
  return rows;
}
