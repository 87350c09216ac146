/** Ends a call when its last words were played, at the latest after the deadline: once by frame, then by the provider. */
export class LineEnd {
  readonly #endSession: () => void;
  readonly #hangUp: () => void;
  #after: number | null = null;
  #isArmed = false;
  #isEnded = false;
  #deadline: NodeJS.Timeout | undefined;

  constructor(does: { endSession(): void; hangUp(): void }) {
    this.#endSession = does.endSession;
    this.#hangUp = does.hangUp;
  }

  /** `after_played_turn` null ends at once, unless a line is still `awaited`: then that line or the deadline decides. */
  arm(after_played_turn: number | null, deadline_ms: number, awaited: boolean): void {
    this.#after = after_played_turn;
    if (!this.#isArmed) {
      this.#isArmed = true;
      // The earliest deadline stands: a later step cannot put off the end.
      this.#deadline = setTimeout(() => {
        this.#end();
        this.#hangUp();
      }, deadline_ms);
    }
    if (after_played_turn === null && !awaited) this.#end();
  }

  played(turn: number): void {
    if (this.#after !== null && turn >= this.#after) this.#end();
  }

  /**
   * The socket is gone. Where the end was said, or none was due, nothing is left to do; a call that was to end and could
   * not be told so is hung up at its deadline, should the provider never ask how to go on.
   */
  stop(): void {
    if (this.#isEnded) clearTimeout(this.#deadline);
    this.#isEnded = true;
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#endSession();
  }
}
