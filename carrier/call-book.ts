import type { Call } from './call.ts';
import type { Fact } from './journal.ts';

/** All calls the network knows, rebuilt from facts: the same fold serves the live run and the restart. */
export class CallBook {
  readonly #calls = new Map<string, Call>();
  readonly #recordings = new Map<string, string>();
  readonly #callsTo = new Map<string, number>();

  /** Takes one fact into account; facts come in the order they happened. */
  apply(fact: Fact): void {
    if (fact.fact === 'accepted') {
      this.#open(fact);
      return;
    }
    const call = this.#calls.get(fact.call_sid);
    if (call === undefined) return;
    if (fact.fact === 'deleted') {
      this.#calls.delete(fact.call_sid);
      return;
    }
    call.status = fact.status;
    call.updated_at = fact.at;
    if (fact.fact === 'ringing') call.started_at = fact.at;
    if (fact.fact === 'answered') call.answered_at = fact.at;
    if (fact.fact === 'ended') {
      call.started_at ??= call.created_at;
      call.ended_at = fact.at;
      call.answered_by = fact.answered_by ?? call.answered_by;
    }
  }

  get(sid: string): Call | undefined {
    return this.#calls.get(sid);
  }

  /** The recordings of a call: none, unless somebody had the network keep one. */
  recordingsOf(sid: string): string[] {
    return [...this.#recordings].filter(([, call_sid]) => call_sid === sid).map(([recording]) => recording);
  }

  keepRecording(recording_sid: string, call_sid: string): void {
    this.#recordings.set(recording_sid, call_sid);
  }

  /** False when there is no such recording. */
  deleteRecording(recording_sid: string): boolean {
    return this.#recordings.delete(recording_sid);
  }

  /** Every call, newest first. */
  newestFirst(): Call[] {
    return [...this.#calls.values()].reverse();
  }

  /** How many calls this number got so far. */
  countTo(number: string): number {
    return this.#callsTo.get(number) ?? 0;
  }

  #open(fact: Fact): void {
    const ordinal = this.countTo(fact.to) + 1;
    this.#callsTo.set(fact.to, ordinal);
    this.#calls.set(fact.call_sid, {
      sid: fact.call_sid,
      to: fact.to,
      from: fact.from,
      status: fact.status,
      ordinal,
      created_at: fact.at,
      updated_at: fact.at,
      started_at: null,
      answered_at: null,
      ended_at: null,
      answered_by: null,
    });
  }
}
