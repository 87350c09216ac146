import { setTimeout as delay } from 'node:timers/promises';

/** How much of a wait on the application is never compressed, in milliseconds. */
const PATIENCE_FLOOR_MS = 30_000;

/** Turns the seconds of a real call into the seconds of this run. */
export interface Pace {
  /** Lets `ms` of the network's own time pass (ringing, speaking), divided by the speed. */
  pass(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * How long, really, to wait for something the application does. The application runs at its own speed:
   * were these waits compressed like ringing, a busy machine would change how calls end.
   */
  patience(ms: number): number;
}

/** A pace at which the network runs `speed` times faster than life. */
export function createPace(speed: number): Pace {
  if (!(speed > 0)) throw new RangeError('speed must be a positive number');
  return {
    pass: async (ms, signal) => {
      await delay(ms / speed, undefined, { signal });
    },
    patience: (ms) => Math.max(ms / speed, Math.min(ms, PATIENCE_FLOOR_MS)),
  };
}
