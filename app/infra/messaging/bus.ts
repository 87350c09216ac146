/** One message: `key` is the sender's own id of it, by which consumers tell repeats; `group` is what is kept in order. */
export type BusMessage = { key: string; group: string; body: unknown };

export type Received = { id: string; key: string; body: unknown; receive_count: number };

/** Deals with a batch; answers the ids that are done. The others come again, and after five times they are dead. */
export type Handle = (batch: Received[]) => Promise<string[]>;

/** Carries the messages of one topic at least once; the key tells repeats. */
export type Bus = {
  /** Answers the keys that the bus has taken; throws when it can take none. */
  publish(messages: BusMessage[]): Promise<string[]>;
  /**
   * Hands batches to `handle` until the signal, then lets the last one finish. What is being dealt with stays invisible
   * to others however long it takes; what a dead process had comes again when its time is over.
   */
  consume(handle: Handle, signal: AbortSignal): Promise<void>;
  /** How many messages wait, and how many are dead; null where the bus cannot say. Throws when it cannot be reached. */
  depth(): Promise<{ waiting: number; dead: number | null }>;
  /** Sends the dead messages round once more; answers how many. */
  redrive(): Promise<number>;
  /** Makes in the cloud what the bus needs and lacks there; twice does no harm. */
  prepare(): Promise<void>;
  close(): Promise<void>;
};

/** Received this often and never dealt with, a message is dead: it waits for a person. */
export const DEAD_AFTER = 5;
