import type { CallBook } from './call-book.ts';
import type { Mix } from './cast/cast.ts';
import type { Faults } from './faults.ts';
import type { Fact, Journal } from './journal.ts';
import type { Pace } from './pace.ts';

/** Everything the parts of one running carrier share. */
export interface Network {
  readonly account_sid: string;
  readonly auth_token: string;
  readonly seed: number;
  readonly mix: Mix;
  readonly pace: Pace;
  readonly faults: Faults;
  readonly book: CallBook;
  readonly journal: Journal;
  /** The lines of live calls, by call sid; abort one with a HangUp to cut it. */
  readonly lines: Map<string, AbortController>;
  /** Aborted when the carrier stops; from then on nothing is sent or recorded. */
  readonly closing: AbortSignal;
}

/** Writes a fact to disk, then takes it into the book. Call it before letting the fact be seen outside. */
export function record(network: Network, fact: Omit<Fact, 'at'>): void {
  if (network.closing.aborted) return;
  const dated: Fact = { at: new Date().toISOString(), ...fact };
  network.journal.append(dated);
  network.book.apply(dated);
}
