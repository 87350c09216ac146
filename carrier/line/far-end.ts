import { setTimeout as delay } from 'node:timers/promises';
import { type Language, languageOf } from '../cast/language.ts';
import type { Reaction } from '../cast/respondent.ts';
import { type Network, record } from '../network.ts';
import type { LiveCall } from './live-call.ts';
import type { FrameToApplication } from './relay-frames.ts';
import { MS_PER_CHARACTER } from './timing.ts';
import type { Relay } from './twiml.ts';

const PARTIAL_EVERY_CHARACTERS = 15;
const DIGIT_MS = 400;
const UNPROMPTED_AFTER_MS = 5_000;
const GIVES_UP_AFTER_MS = 60_000;
const HANGS_UP_AFTER_GOODBYE_MS = 12_000;

/** What the respondent can do to the session. */
export interface FarEndActions {
  send(frame: FrameToApplication): void;
  interruptAgent(): void;
  hangUp(): void;
}

/** Gives a respondent ears, a voice and patience: decides when the reaction to what was heard comes. */
export class FarEnd {
  readonly #network: Network;
  readonly #live: LiveCall;
  readonly #relay: Relay;
  readonly #over: AbortSignal;
  readonly #actions: FarEndActions;
  #languageTag: string;
  #unanswered = '';
  #thinking = new AbortController();
  #voice: Promise<void> = Promise.resolve();

  constructor(network: Network, live: LiveCall, relay: Relay, over: AbortSignal, actions: FarEndActions) {
    this.#network = network;
    this.#live = live;
    this.#relay = relay;
    this.#over = over;
    this.#actions = actions;
    const { attributes } = relay;
    this.#languageTag =
      attributes.transcriptionLanguage ?? attributes.language ?? attributes.ttsLanguage ?? 'en-US';
  }

  speakLanguage(tag: string): void {
    this.#languageTag = tag;
  }

  /** A talk cycle was heard to its end. */
  heard(text: string): void {
    this.#unanswered = `${this.#unanswered} ${text}`.trim();
  }

  /** The agent talks (again): whatever was about to be said waits. */
  agentHasFloor(): void {
    this.#thinking.abort();
  }

  /** The agent has nothing more to say for now: think, then react. */
  floorIsFree(): void {
    this.#thinking.abort();
    this.#thinking = new AbortController();
    void this.#turn(this.#thinking.signal);
  }

  /** After how many characters of this talk cycle the respondent will not wait for its end. */
  impatience(interruptible: boolean): number {
    const { after_characters, needs_floor } = this.#live.respondent.impatience(this.#language());
    return needs_floor && !interruptible ? Number.POSITIVE_INFINITY : after_characters;
  }

  /** The moment announced by impatience has come. */
  cutIn(): void {
    const reaction = this.#live.respondent.cutIn(this.#language());
    if (reaction.kind === 'hang_up') {
      this.#actions.hangUp();
      return;
    }
    this.#info('clientSpeaking', 'on');
    this.#actions.interruptAgent();
    this.#unanswered = '';
    void this.#react(reaction, this.#thinking.signal);
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const { respondent } = this.#live;
    const { pace } = this.#network;
    const undisturbed = AbortSignal.any([signal, this.#over]);
    try {
      await this.#voice;
      if (this.#unanswered !== '' && !signal.aborted) {
        await pace.pass(respondent.thinkingMs(), undisturbed);
        let reaction = respondent.hear(this.#unanswered, this.#language());
        if (reaction.kind === 'wait') {
          await delay(pace.patience(UNPROMPTED_AFTER_MS), undefined, { signal: undisturbed });
          reaction = respondent.speakUnprompted(this.#language());
        }
        this.#unanswered = '';
        await this.#react(reaction, signal);
        return;
      }
      await this.#giveUp(signal, GIVES_UP_AFTER_MS);
    } catch (error) {
      if (!undisturbed.aborted) throw error;
    }
  }

  async #react(reaction: Reaction, signal: AbortSignal): Promise<void> {
    try {
      if (reaction.kind === 'hang_up') return this.#actions.hangUp();
      if (reaction.kind === 'say') await this.#speak(reaction.text);
      if (reaction.kind === 'press') await this.#press(reaction.digits);
      await this.#giveUp(
        signal,
        this.#live.respondent.saidGoodbye ? HANGS_UP_AFTER_GOODBYE_MS : GIVES_UP_AFTER_MS,
      );
    } catch (error) {
      if (!this.#over.aborted && !signal.aborted) throw error;
    }
  }

  /** Nobody holds a silent line for ever. */
  async #giveUp(signal: AbortSignal, afterMs: number): Promise<void> {
    await delay(this.#network.pace.patience(afterMs), undefined, {
      signal: AbortSignal.any([signal, this.#over]),
    });
    this.#actions.hangUp();
  }

  /** Once begun, a sentence is finished even if the agent starts to talk; the next one waits for it. */
  #speak(text: string): Promise<void> {
    const said = this.#say(text);
    this.#voice = said.catch(() => undefined);
    return said;
  }

  async #say(text: string): Promise<void> {
    const lang = this.#languageTag;
    this.#info('clientSpeaking', 'on');
    for (let said = 0; said < text.length; said += PARTIAL_EVERY_CHARACTERS) {
      const piece = text.slice(said, said + PARTIAL_EVERY_CHARACTERS);
      await this.#network.pace.pass(piece.length * MS_PER_CHARACTER, this.#over);
      if (this.#relay.attributes.partialPrompts !== 'true') continue;
      this.#actions.send({
        type: 'prompt',
        voicePrompt: text.slice(0, said + piece.length),
        lang,
        last: false,
      });
    }
    this.#record(text);
    this.#info('clientSpeaking', 'off');
    this.#actions.send({ type: 'prompt', voicePrompt: text, lang, last: true });
  }

  async #press(digits: string): Promise<void> {
    for (const digit of digits) {
      await this.#network.pace.pass(DIGIT_MS, this.#over);
      this.#record(`[key ${digit}]`);
      this.#actions.send({ type: 'dtmf', digit });
    }
  }

  #record(text: string): void {
    const { sid, to, from, status } = this.#live.call;
    record(this.#network, { call_sid: sid, to, from, fact: 'respondent_said', text, status });
  }

  #info(name: 'clientSpeaking', value: 'on' | 'off'): void {
    this.#actions.send({ type: 'info', name, value });
  }

  #language(): Language {
    return languageOf(this.#languageTag);
  }
}
