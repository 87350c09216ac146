/** Tells when nobody has spoken for too long since the agent asked; every sound of the respondent starts it anew. */
export class SilenceWatch {
  readonly #onSilence: (turn: number) => void;
  #waiting: { turn: number; silence_ms: number } | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(onSilence: (turn: number) => void) {
    this.#onSilence = onSilence;
  }

  /** Wait for an answer to `turn`; `talk_ms` is how long the agent will speak at the most if no playback is reported. */
  expect(turn: number, silence_ms: number, talk_ms: number): void {
    this.#waiting = { turn, silence_ms };
    this.#arm(talk_ms + silence_ms);
  }

  /** The agent has finished a turn: from now on it is the other one's. */
  played(turn: number): void {
    if (this.#waiting?.turn === turn) this.#arm(this.#waiting.silence_ms);
  }

  /** Somebody speaks: no silence until they stop. */
  hold(): void {
    clearTimeout(this.#timer);
  }

  /** They stopped, or what they said did not count. */
  restart(): void {
    if (this.#waiting) this.#arm(this.#waiting.silence_ms);
  }

  stop(): void {
    this.#waiting = null;
    clearTimeout(this.#timer);
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const turn = this.#waiting?.turn;
      this.#waiting = null;
      if (turn !== undefined) this.#onSilence(turn);
    }, ms);
  }
}
