import { type Kysely, sql } from 'kysely';
import { sha256 } from '../../infra/crypto/hash.ts';
import type { DB } from '../../infra/db/tables.ts';

/** `shared`: what all processes had counted at the last settling; `unsettled`: what this one has counted since. */
type Count = { shared: number; unsettled: number; resetsAtMs: number };
type Settled = { key_hash: Buffer; count: number; resets_at: Date };

// Enough for a flood from many addresses; past it the oldest are forgotten first.
const MOST_KEYS = 100_000;
const BATCH = 5_000;

/**
 * Counts requests by key in windows that begin with a key's first request. Counting is in memory, so a request pays no
 * SQL for it; `settle` adds what is new to the table that all processes share and takes over their total.
 */
export class RequestCounts {
  readonly #counts = new Map<string, Count>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Counts one; answers the total of the window and the milliseconds until it ends. */
  add(key: string, windowMs: number): { current: number; ttl: number } {
    const nowMs = this.#nowMs();
    let count = this.#counts.get(key);
    if (!count || count.resetsAtMs <= nowMs) {
      count = { shared: 0, unsettled: 0, resetsAtMs: nowMs + windowMs };
      this.#counts.delete(key); // the newest stand last
      this.#counts.set(key, count);
    }
    count.unsettled += 1;
    return { current: count.shared + count.unsettled, ttl: count.resetsAtMs - nowMs };
  }

  /** The total of the window, without counting. */
  read(key: string): { current: number; ttl: number } {
    const nowMs = this.#nowMs();
    const count = this.#counts.get(key);
    if (!count || count.resetsAtMs <= nowMs) return { current: 0, ttl: 0 };
    return { current: count.shared + count.unsettled, ttl: count.resetsAtMs - nowMs };
  }

  /** Shares what is new. When it fails nothing is lost: this process still holds its own counts. */
  async settle(db: Kysely<DB>): Promise<void> {
    this.#forget();
    const fresh = [...this.#counts].filter(([, { unsettled }]) => unsettled > 0);
    for (let from = 0; from < fresh.length; from += BATCH) {
      await this.#share(db, fresh.slice(from, from + BATCH));
    }
  }

  async #share(db: Kysely<DB>, fresh: [string, Count][]): Promise<void> {
    // Addresses and sessions are hashed: what is shared tells nobody who asked.
    const byHash = new Map(fresh.map(([key, count]) => [sha256(key).toString('hex'), count]));
    const sent = new Map([...byHash].map(([hash, { unsettled }]) => [hash, unsettled]));
    const hashes = [...byHash.keys()];
    const now = new Date(this.#nowMs());
    // In one order, or two processes would wait for each other's rows.
    const { rows } = await sql<Settled>`
      insert into request_count (key_hash, count, resets_at)
      select decode(hash, 'hex'), count, resets_at
        from unnest(${hashes}::text[], ${[...sent.values()]}::integer[],
                    ${[...byHash.values()].map(({ resetsAtMs }) => new Date(resetsAtMs))}::timestamptz[])
          as fresh (hash, count, resets_at)
       order by 1
      on conflict (key_hash) do update set
        count = excluded.count + case when request_count.resets_at > ${now} then request_count.count else 0 end,
        resets_at = case when request_count.resets_at > ${now} then request_count.resets_at else excluded.resets_at end
      returning key_hash, count, resets_at`.execute(db);
    for (const { key_hash, count, resets_at } of rows) {
      const hash = key_hash.toString('hex');
      const own = byHash.get(hash);
      if (!own) continue;
      own.shared = count;
      own.unsettled -= sent.get(hash) ?? 0;
      own.resetsAtMs = resets_at.getTime();
    }
  }

  #forget(): void {
    const nowMs = this.#nowMs();
    for (const [key, { resetsAtMs }] of this.#counts) {
      if (resetsAtMs <= nowMs || this.#counts.size > MOST_KEYS) this.#counts.delete(key);
    }
  }
}

/** Takes away the windows that are over. */
export async function forgetOldCounts(db: Kysely<DB>, now: Date): Promise<void> {
  await db.deleteFrom('request_count').where('resets_at', '<', now).execute();
}
