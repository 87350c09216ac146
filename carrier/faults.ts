import { z } from 'zod';
import { chance } from './chance.ts';

const probability = z.number().min(0).max(1).default(0);
const milliseconds = z.number().int().min(0).max(600_000).default(0);

/** What PUT /faults accepts: probabilities, and delays in real milliseconds. */
export const faultSettings = z.strictObject({
  /** Every REST answer comes this much later. */
  latency_ms: milliseconds,
  /** Creation refused with 429; no call exists. */
  create_429: probability,
  /** Creation answered 500; no call exists. */
  create_500: probability,
  /** Connection reset before anything was accepted; no call exists. */
  create_reset: probability,
  /** Creation answered by a proxy: 502 and a page of HTML; no call exists. */
  create_html: probability,
  /** The call exists and runs, but the connection is reset in place of an answer to its creation. */
  accept_then_reset: probability,
  /** The call exists and runs, but its creation is answered with 502 and a page of HTML. */
  accept_then_html: probability,
  /** The call exists and runs, but its creation is answered with 201 and nothing else. */
  accept_then_empty: probability,
  /** Every other request (one call, a list, hang up) is answered with 502 and a page of HTML. */
  other_html: probability,
  /** The call exists and runs, but the answer to its creation never comes. */
  accept_then_timeout: probability,
  /** A status or machine-detection callback that is never sent. */
  webhook_lost: probability,
  /** The same callback sent twice. */
  webhook_duplicated: probability,
  /** A callback held back until the next one of its call has gone out. */
  webhook_reordered: probability,
  /** Every callback comes this much later. */
  webhook_delayed_ms: milliseconds,
  /** A callback signed with another key; like any refused callback it is not sent again. */
  webhook_wrong_signature: probability,
});

export type FaultSettings = z.infer<typeof faultSettings>;
type ProbabilityName = Exclude<keyof FaultSettings, 'latency_ms' | 'webhook_delayed_ms'>;

/** The faults in force. Whether one strikes depends on seed and key, not on when it is asked. */
export class Faults {
  readonly #seed: number;
  readonly #creates = new Map<string, number>();
  #settings: FaultSettings = faultSettings.parse({});

  constructor(seed: number) {
    this.#seed = seed;
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Replaces all settings; those not given are off. */
  replace(settings: FaultSettings): void {
    this.#settings = settings;
  }

  /** Counts the attempts to create a call to a number, refused ones included: 1, 2, … */
  countCreate(number: string): number {
    const count = (this.#creates.get(number) ?? 0) + 1;
    this.#creates.set(number, count);
    return count;
  }

  strikes(fault: ProbabilityName, ...key: (string | number)[]): boolean {
    return chance(this.#seed, fault, ...key) < this.#settings[fault];
  }
}
