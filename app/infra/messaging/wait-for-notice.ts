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
  const open = async () => {
    const opened = await pool.connect();
    const lose = () => {
      if (client === opened) client = null;
      opened.release(true);
    };
    opened.once('error', lose);
    opened.on('notification', note);
    for (const channel of channels) await opened.query(`listen "${channel}"`);
    client = opened;
  };
  return {
    wait: async (timeoutMs) => {
      if (!client) await open().catch(() => {});
      if (noticed || signal.aborted) {
        noticed = false;
        return;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, timeoutMs);
        function done() {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          wake = () => {};
          resolve();
        }
        wake = done;
        signal.addEventListener('abort', done, { once: true });
      });
      noticed = false;
    },
    close: async () => {
      client?.release(true);
      client = null;
    },
  };
}
