import type pg from 'pg';

export type Waker = { wait(timeoutMs: number): Promise<void>; close(): Promise<void> };

/**
 * Wakes a loop when PostgreSQL notifies one of the channels, at the latest after the time given or when `signal` is
 * aborted. All loops of a process listen on one connection of its pool. A lost connection is opened again at the next
 * wait; until then the time alone wakes.
 */
export function waitForNotices(pool: pg.Pool, channels: string[], signal: AbortSignal): Waker {
  const ear = earOf(pool);
  let noticed = false;
  let wake = () => {};
  const listener: Listener = {
    channels,
    note: () => {
      noticed = true;
      wake();
    },
  };
  ear.add(listener);
  return {
    wait: async (timeoutMs) => {
      await ear.open();
      if (!noticed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const done = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            wake = () => {};
            resolve();
          };
          const timer = setTimeout(done, timeoutMs);
          wake = done;
          signal.addEventListener('abort', done, { once: true });
        });
      }
      noticed = false;
    },
    close: async () => ear.remove(listener),
  };
}

type Listener = { channels: string[]; note(): void };

const ears = new WeakMap<pg.Pool, Ear>();

function earOf(pool: pg.Pool): Ear {
  const known = ears.get(pool) ?? new Ear(pool);
  ears.set(pool, known);
  return known;
}

/** The one connection of a process that listens, as long as somebody wants to hear. */
class Ear {
  readonly #pool: pg.Pool;
  readonly #listeners = new Set<Listener>();
  #client: pg.PoolClient | null = null;
  #opening: Promise<void> | null = null;
  #heard = new Set<string>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0 && this.#client) this.#lose(this.#client);
  }

  /** Listens to every channel that anybody wants; whoever is new is told to look once, for what came before. */
  async open(): Promise<void> {
    const wanted = [...this.#listeners].flatMap(({ channels }) => channels);
    if (this.#client && wanted.every((channel) => this.#heard.has(channel))) return;
    this.#opening ??= this.#listen().finally(() => {
      this.#opening = null;
    });
    await this.#opening.catch(() => {});
  }

  async #listen(): Promise<void> {
    const client = this.#client ?? (await this.#connect());
    try {
      for (const { channels, note } of [...this.#listeners]) {
        for (const channel of channels.filter((one) => !this.#heard.has(one))) {
          await client.query(`listen "${channel}"`);
          this.#heard.add(channel);
        }
        note();
      }
    } catch {
      this.#lose(client);
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    const client = await this.#pool.connect();
    this.#client = client;
    this.#heard = new Set();
    client.on('error', () => this.#lose(client));
    client.on('notification', ({ channel }) => {
      for (const { channels, note } of this.#listeners) if (channels.includes(channel)) note();
    });
    return client;
  }

  #lose(lost: pg.PoolClient): void {
    if (this.#client !== lost) return;
    this.#client = null;
    this.#heard = new Set();
    lost.release(true);
  }
}
