/** One message: `key` is the sender's own id of it, by which consumers tell repeats. */
export type BusMessage = { key: string; body: unknown };

export type Received = { id: string; key: string; body: unknown; receive_count: number };

/** Carries messages at least once. What is received is invisible to others until the time given is over. */
export type Bus = {
  publish(topic: string, messages: BusMessage[], now: Date): Promise<void>;
  receive(topic: string, max: number, visibility_seconds: number, now: Date): Promise<Received[]>;
  acknowledge(topic: string, ids: string[]): Promise<void>;
};
