/** What the agent has been given to say, and how much of it was heard: the proof that a question was put. */
export class Playback {
  #queue: { turn: number; text: string }[] = [];
  #heard = '';

  /** A turn was handed to the line. */
  say(turn: number, text: string): void {
    this.#queue.push({ turn, text: essence(text) });
  }

  /** Words that were played; answers the turns that are complete with them. */
  played(text: string): number[] {
    this.#heard += essence(text);
    const done: number[] = [];
    for (let next = this.#queue[0]; next && this.#heard.startsWith(next.text); next = this.#queue[0]) {
      this.#heard = this.#heard.slice(next.text.length);
      done.push(next.turn);
      this.#queue.shift();
    }
    return done;
  }

  /**
   * The agent fell silent without being cut off. A voice may read "10" as "ten", so what was played need not match to
   * the letter: a turn counts when about as much as its text was heard; one of which nothing was heard never does.
   */
  silent(): number[] {
    const done: number[] = [];
    let heard = this.#heard.length;
    for (let next = this.#queue[0]; next && heard >= next.text.length * ENOUGH; next = this.#queue[0]) {
      if (heard === 0) break;
      heard = Math.max(0, heard - next.text.length);
      done.push(next.turn);
      this.#queue.shift();
    }
    if (done.length > 0) this.#heard = '';
    return done;
  }

  /** The respondent cut in: all that was not played never will be. Answers those turns. */
  interrupted(): number[] {
    const cut = this.#queue.map(({ turn }) => turn);
    this.#queue = [];
    this.#heard = '';
    return cut;
  }
}

const ENOUGH = 0.8;

/** Letters and digits only: clauses come back with other spaces and marks than they went. */
function essence(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
