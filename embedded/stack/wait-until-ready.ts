import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from './application.ts';

const PATIENCE_MS = 90_000;

/** Answers when the application says that it is ready. */
export async function waitUntilReady(origin: string, application: Application): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    if (!application.wanted) throw new Error('The application does not start.');
    const response = await fetch(`${origin}/health/ready`, { signal: AbortSignal.timeout(5000) }).catch(
      () => null,
    );
    await response?.body?.cancel();
    if (response?.ok) return;
    await sleep(50);
  }
  throw new Error(`The application was not ready after ${PATIENCE_MS / 1000} s.`);
}
