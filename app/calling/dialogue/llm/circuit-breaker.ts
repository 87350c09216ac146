const FAILURES = 5;
const WINDOW_MS = 60_000;
const PAUSE_MS = 5 * 60_000;

/** Leaves a model that keeps failing alone for five minutes: five failures within one minute open it. */
export class CircuitBreaker {
  readonly #nowMs: () => number;
  #failures: number[] = [];
  #openUntilMs = Number.NEGATIVE_INFINITY;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get isOpen(): boolean {
    return this.#nowMs() < this.#openUntilMs;
  }

  /** Counts a failure; true when it is the one that opens the circuit. */
  fail(): boolean {
    const nowMs = this.#nowMs();
    this.#failures = [...this.#failures.filter((atMs) => nowMs - atMs < WINDOW_MS), nowMs];
    if (this.#failures.length < FAILURES || this.isOpen) return false;
    this.#failures = [];
    this.#openUntilMs = nowMs + PAUSE_MS;
    return true;
  }
}
