import { setTimeout as wait } from 'node:timers/promises';
import type { Role } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { campaignStats } from './campaign-stats.ts';
import { type CallChange, recentCalls } from './recent-calls.ts';

type Ctx = { db: Db; log: { warn(fields: object, text: string): void }; now(): Date };
type Reader = { stats(json: string): void; call(json: string): void; end(): void };

const LOOK_MS = 2_000;
// A transaction that began before the last look may commit after it.
const OVERLAP_MS = 10_000;

/**
 * What moves in one campaign, for any number of readers: as long as there is one, the database is asked every two
 * seconds, once for all of them. Who comes gets the figures and
 * the live calls at once; after that, only what has changed.
 */
class CampaignFeed {
  readonly #ctx: Ctx;
  readonly #campaign_id: string;
  readonly #role: Role;
  readonly #readers = new Set<Reader>();
  readonly #told = new Map<string, string>();
  #stats: string | null = null;
  #figures = '';
  #since: Date;
  #live: string[] = [];
  #stop = new AbortController();

  constructor(ctx: Ctx, campaign_id: string, role: Role) {
    this.#ctx = ctx;
    this.#campaign_id = campaign_id;
    this.#role = role;
    this.#since = ctx.now();
  }

  add(reader: Reader): void {
    const isFirst = this.#readers.size === 0;
    this.#readers.add(reader);
    if (this.#stats !== null) reader.stats(this.#stats);
    for (const json of this.#told.values()) reader.call(json);
    if (isFirst) void this.#run();
  }

  /** True when nobody is left. */
  remove(reader: Reader): boolean {
    this.#readers.delete(reader);
    if (this.#readers.size === 0) this.#stop.abort();
    return this.#readers.size === 0;
  }

  end(): void {
    this.#stop.abort();
    for (const reader of this.#readers) reader.end();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#look();
      } catch (error) {
        // The campaign was deleted: nothing will move in it again.
        if (error instanceof AppError) return this.end();
        this.#ctx.log.warn({ err: error, campaign_id: this.#campaign_id }, 'a stream had no news to tell');
      }
      await wait(LOOK_MS, undefined, { signal: this.#stop.signal }).catch(() => {});
    }
  }

  async #look(): Promise<void> {
    const { db } = this.#ctx;
    const campaign_id = this.#campaign_id;
    const now = this.#ctx.now();
    const calls = await recentCalls(db, { campaign_id, since: this.#since, live: this.#live });
    const stats = await campaignStats(db, {
      campaign_id,
      bucket: 'day',
      from: null,
      to: null,
      role: this.#role,
      now,
    });
    this.#since = new Date(now.getTime() - OVERLAP_MS);
    this.#live = calls.filter(({ outcome }) => outcome === null).map(({ call_id }) => call_id);
    this.#tellCalls(calls);
    this.#tellStats(stats);
  }

  #tellCalls(calls: readonly CallChange[]): void {
    const seen = new Set(calls.map(({ call_id }) => call_id));
    for (const call of calls) {
      const json = JSON.stringify(call);
      if (this.#told.get(call.call_id) === json) continue;
      this.#told.set(call.call_id, json);
      for (const reader of this.#readers) reader.call(json);
    }
    for (const call_id of this.#told.keys()) if (!seen.has(call_id)) this.#told.delete(call_id);
  }

  #tellStats({ updated_at, ...stats }: Awaited<ReturnType<typeof campaignStats>>): void {
    const figures = JSON.stringify(stats);
    // Who comes between two changes is told when these figures were looked at last.
    this.#stats = JSON.stringify({ ...stats, updated_at });
    if (figures === this.#figures) return;
    this.#figures = figures;
    for (const reader of this.#readers) reader.stats(this.#stats);
  }
}

/** All feeds of a process. */
export class CampaignFeeds {
  readonly #ctx: Ctx;
  readonly #feeds = new Map<string, CampaignFeed>();
  #isOver = false;

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  /** Reads a campaign until the answered function is called, or until the feed itself ends (`reader.end`). */
  open({ campaign_id, role }: { campaign_id: string; role: Role }, reader: Reader): () => void {
    if (this.#isOver) {
      reader.end();
      return () => {};
    }
    // A viewer gets other figures than those who may read what people said.
    const key = `${campaign_id} ${role === 'viewer'}`;
    const feed = this.#feeds.get(key) ?? new CampaignFeed(this.#ctx, campaign_id, role);
    this.#feeds.set(key, feed);
    feed.add(reader);
    return () => {
      if (feed.remove(reader) && this.#feeds.get(key) === feed) this.#feeds.delete(key);
    };
  }

  close(): void {
    this.#isOver = true;
    for (const feed of this.#feeds.values()) feed.end();
  }
}
