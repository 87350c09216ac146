import { setTimeout as wait } from 'node:timers/promises';

/** Waits until `probe` answers something other than null, undefined or false; errors count as "not yet". */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T> | T,
  timeoutMs = 60_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await probe();
      if (answer) return answer as NonNullable<T>;
    } catch (error) {
      last = error;
    }
    await wait(50);
  }
  throw new Error(`${what} did not happen within ${timeoutMs} ms`, { cause: last });
}
