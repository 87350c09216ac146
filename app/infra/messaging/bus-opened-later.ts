import type { Bus } from './bus.ts';

/** A bus whose libraries are loaded when it is first used: a process without it does not carry them. */
export function busOpenedLater(open: () => Promise<Bus>): Bus {
  let opened: Promise<Bus> | null = null;
  const bus = () => {
    opened ??= open();
    return opened;
  };
  return {
    publish: async (messages) => (await bus()).publish(messages),
    consume: async (handle, signal) => (await bus()).consume(handle, signal),
    depth: async () => (await bus()).depth(),
    redrive: async () => (await bus()).redrive(),
    prepare: async () => (await bus()).prepare(),
    close: async () => (await opened)?.close(),
  };
}
