import type pg from 'pg';

export type Waker = { wait(timeoutMs: number): Promise<void>; close(): Promise<void> };

/**
 * Wakes a loop when PostgreSQL notifies one of the channels, at the latest after the time given or when `signal` is
 * aborted. A lost connection is opened again at the next wait; until then the time alone wakes.
 */
export function waitForNotices(pool: pg.Pool, channels: string[], signal: AbortSignal): Waker {
  let client: pg.PoolClient | null = null;
  let noticed = false;
  let wake = () => {};
  const note = () => {
    noticed = true;
    wake();
  };
  const lose = (lost: pg.PoolClient) => {
    if (client !== lost) return;
    client = null;
    lost.release(true);
  };
  const open = async () => {
    const opened = await pool.connect();
    client = opened;
    opened.on('error', () => lose(opened));
    opened.on('notification', note);
    try {
      for (const channel of channels) await opened.query(`listen "${channel}"`);
      noticed = true; // what was announced before we listened is heard by looking once more
    } catch {
      lose(opened);
    }
  };
  return {
    wait: async (timeoutMs) => {
      if (!client) await open().catch(() => {});
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
    close: async () => {
      if (client) lose(client);
    },
  };
}
