/** Ctrl-C, or a request to end: no fault of the tour. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** Rejects with `Interrupted` at the first SIGINT or SIGTERM, so that what was started can be stopped. */
export function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => reject(new Interrupted('interrupted')));
    }
  });
  // It may come before anybody waits for it.
  interrupted.catch(() => {});
  return interrupted;
}
