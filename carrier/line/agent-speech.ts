import type { Pace } from '../pace.ts';
import { MS_PER_CHARACTER } from './timing.ts';

const FIRST_SOUND_AFTER_MS = 300;

/** Something to be heard: words, or a sound of a known length. */
type Chunk = { text: string; ms: number };

/** One talk cycle: from its first token to the one marked `last`. */
interface Utterance {
  pending: Chunk[];
  unsplit: string;
  closed: boolean;
  interruptible: boolean;
  preemptible: boolean;
  heard: string;
  begun_at: number;
  cut: AbortController;
}

/** What the session wants to know while the agent's words are played. */
export interface SpeechListener {
  speaking(on: boolean): void;
  /** A clause has been played to its end, or as far as it was heard. */
  played(text: string): void;
  /** A talk cycle is over; `text` is what was heard of it. */
  finished(text: string, interrupted: boolean): void;
  /** Nothing is left to play and no talk cycle is open: the floor is free. */
  silent(): void;
  /** After how many characters of the coming talk cycle the far end reacts without waiting for its end. */
  impatience(interruptible: boolean): number;
  /** That many characters have been heard. */
  overheard(): void;
}

export interface TokenOptions {
  last: boolean;
  interruptible: boolean;
  preemptible: boolean;
}

/** Plays what the application streams, clause by clause, at the speed of speech. */
export class AgentSpeech {
  readonly #pace: Pace;
  readonly #listener: SpeechListener;
  readonly #line: AbortSignal;
  #queue: Utterance[] = [];
  #playing = false;

  constructor(pace: Pace, line: AbortSignal, listener: SpeechListener) {
    this.#pace = pace;
    this.#line = line;
    this.#listener = listener;
  }

  /** Takes one text token; speech begins before the cycle is complete. */
  say(token: string, options: TokenOptions): void {
    const utterance = this.#openUtterance(options);
    utterance.unsplit += token;
    utterance.closed = options.last;
    splitClauses(utterance);
    void this.#play();
  }

  /** Takes a sound without words, behind everything queued. */
  sound(ms: number, options: Omit<TokenOptions, 'last'>): void {
    const utterance = this.#openUtterance({ ...options, last: true });
    utterance.closed = true;
    splitClauses(utterance);
    utterance.pending.push({ text: '', ms });
    void this.#play();
  }

  /** Cuts the agent off and purges its queue; returns what was heard of the current cycle, and for how long. */
  interrupt(): { heard: string; ms: number } {
    const [current] = this.#queue;
    for (const utterance of this.#queue) utterance.cut.abort();
    this.#queue = [];
    if (current === undefined) return { heard: '', ms: 0 };
    const ms = current.begun_at === 0 ? 0 : Date.now() - current.begun_at;
    if (current.heard.trim() !== '') this.#listener.finished(current.heard, true);
    return { heard: current.heard, ms };
  }

  #openUtterance(options: TokenOptions): Utterance {
    const tail = this.#queue.at(-1);
    if (tail !== undefined && !tail.closed) return tail;
    if (tail?.preemptible) this.interrupt();
    const utterance: Utterance = {
      pending: [],
      unsplit: '',
      closed: false,
      interruptible: options.interruptible,
      preemptible: options.preemptible,
      heard: '',
      begun_at: 0,
      cut: new AbortController(),
    };
    this.#queue.push(utterance);
    return utterance;
  }

  async #play(): Promise<void> {
    if (this.#playing) return;
    this.#playing = true;
    let speaking = false;
    try {
      for (let current = this.#queue[0]; current !== undefined; current = this.#queue[0]) {
        const chunk = current.pending.shift();
        if (chunk === undefined && !current.closed) break;
        if (chunk === undefined) {
          this.#close(current);
          continue;
        }
        if (!speaking) {
          await this.#pass(FIRST_SOUND_AFTER_MS, current);
          this.#listener.speaking(true);
          speaking = true;
        }
        await this.#playChunk(current, chunk);
      }
    } catch (error) {
      if (!this.#line.aborted) throw error;
    } finally {
      this.#playing = false;
    }
    if (speaking && !this.#line.aborted) this.#listener.speaking(false);
    if (!this.#line.aborted && this.#queue.length === 0) this.#listener.silent();
  }

  async #playChunk(current: Utterance, chunk: Chunk): Promise<void> {
    if (current.cut.signal.aborted) return;
    if (current.begun_at === 0) current.begun_at = Date.now();
    const limit = this.#listener.impatience(current.interruptible);
    const before = current.heard.length;
    if (before <= limit && limit < before + chunk.text.length) {
      const part = upToWord(chunk.text, limit - before);
      await this.#pass((chunk.ms * part.length) / chunk.text.length, current);
      if (current.cut.signal.aborted) return;
      current.heard += part;
      if (part !== '') this.#listener.played(part);
      this.#listener.overheard();
      return;
    }
    await this.#pass(chunk.ms, current);
    if (current.cut.signal.aborted) return;
    current.heard += chunk.text;
    if (chunk.text !== '') this.#listener.played(chunk.text);
  }

  #close(current: Utterance): void {
    this.#queue.shift();
    if (current.heard.trim() !== '') this.#listener.finished(current.heard, false);
  }

  /** A cut talk cycle ends its wait quietly; a cut line ends the playing. */
  async #pass(ms: number, current: Utterance): Promise<void> {
    try {
      await this.#pace.pass(ms, AbortSignal.any([this.#line, current.cut.signal]));
    } catch (error) {
      if (this.#line.aborted || !current.cut.signal.aborted) throw error;
    }
  }
}

/** Moves every finished clause from the unsplit text to the pending chunks, spaces kept. */
function splitClauses(utterance: Utterance): void {
  const clause = /^\s*[\s\S]*?[.,:;!?…](?=\s)/;
  for (let match = clause.exec(utterance.unsplit); match !== null; match = clause.exec(utterance.unsplit)) {
    enqueue(utterance, match[0]);
    utterance.unsplit = utterance.unsplit.slice(match[0].length);
  }
  if (!utterance.closed) return;
  enqueue(utterance, utterance.unsplit);
  utterance.unsplit = '';
}

function enqueue(utterance: Utterance, text: string): void {
  if (text !== '') utterance.pending.push({ text, ms: text.length * MS_PER_CHARACTER });
}

/** The longest beginning of at most `length` characters that does not break a word. */
function upToWord(text: string, length: number): string {
  if (length >= text.length) return text;
  return text.slice(0, Math.max(0, text.lastIndexOf(' ', length)));
}
