import { performance } from 'node:perf_hooks';
import { observed } from '../../infra/observability/observed.ts';
import type { ConverseCtx, Line } from '../converse.ts';
import {
  type FlowAction,
  type FlowEvent,
  type FlowScript,
  type FlowState,
  HANG_UP_DEADLINE_MS,
  isOver,
  listening,
  step as nextStep,
} from '../dialogue/flow.ts';
import type { Label } from '../dialogue/interpreter.ts';
import { settleEndedCall } from '../settle-ended-call.ts';
import type { RespondentFrame, TelephonyProvider } from '../telephony/provider.ts';
import { DIGIT_WAIT_MS, KeyPad, type Pressed } from './key-pad.ts';
import { LineEnd } from './line-end.ts';
import { Playback } from './playback.ts';
import { SilenceWatch } from './silence-watch.ts';
import { storeLatency } from './store-latency.ts';
import { type Taken, takeStep } from './take-step.ts';
import { understand, understandByRules } from './understand.ts';

type Call = { call_id: string; provider_call_id: string; script: FlowScript };

// Slower than any voice: how long a text takes to be spoken at the most, when the line does not tell.
const MS_PER_CHARACTER = 100;
const SOCKET_FAILED = 1011;
// No model changes these, and nothing else that is said does.
const REFUSALS: ReadonlySet<Label> = new Set<Label>(['no', 'stop', 'opt_out']);

/**
 * One socket's share of a conversation: turns frames into events of the flow, one at a time, and its actions into
 * frames, timers and the end of the line. What was said and decided is stored before it is spoken.
 */
export class LiveConversation {
  readonly #ctx: ConverseCtx;
  readonly #provider: TelephonyProvider;
  readonly #line: Line;
  readonly #call: Call;
  readonly #playback = new Playback();
  readonly #silence: SilenceWatch;
  readonly #end: LineEnd;
  #keyPad = new KeyPad();
  #keyTimer: NodeJS.Timeout | undefined;
  #state: FlowState | null = null;
  #queue: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(ctx: ConverseCtx, provider: TelephonyProvider, line: Line, call: Call) {
    this.#ctx = ctx;
    this.#provider = provider;
    this.#line = line;
    this.#call = call;
    this.#silence = new SilenceWatch((turn) => this.#take({ type: 'silence', turn }));
    this.#end = new LineEnd({
      endSession: () => this.#line.send(provider.conversation.end('over')),
      hangUp: () => void this.#hangUp(),
    });
  }

  /** The line is open: the agent speaks first, or goes on where it was. */
  start({ resumed }: { resumed: boolean }): void {
    this.#take({ type: resumed ? 'resumed' : 'answered' }, performance.now());
  }

  receive(frame: string): void {
    if (this.#isStopped) return;
    const arrivedAt = performance.now();
    this.#meet(this.#provider.conversation.parse(frame), arrivedAt);
  }

  /** The socket is gone. Nothing is settled: the call may come back on another one, or end by its status. */
  stop(): void {
    this.#isStopped = true;
    this.#silence.stop();
    this.#end.stop();
    clearTimeout(this.#keyTimer);
  }

  #meet(frame: RespondentFrame, arrivedAt: number): void {
    switch (frame.type) {
      case 'heard':
        this.#silence.hold();
        if (frame.is_final) this.#hear(frame.text, arrivedAt);
        return;
      case 'played':
        return this.#played(this.#playback.played(frame.text));
      case 'agent_speaking':
        if (!frame.on) this.#played(this.#playback.silent());
        return;
      case 'respondent_speaking':
        return frame.on ? this.#silence.hold() : this.#silence.restart();
      case 'interrupted':
        for (const turn of this.#playback.interrupted()) this.#take({ type: 'interrupted', turn });
        return;
      case 'key':
        return this.#press(frame.digit, arrivedAt);
      case 'fault':
        this.#ctx.log.warn({ call_id: this.#call.call_id, fault: frame.detail }, 'the relay reports a fault');
        return;
      case 'setup':
      case 'ignored':
        return;
      default:
        frame satisfies never;
    }
  }

  #played(turns: number[]): void {
    for (const turn of turns) {
      this.#take({ type: 'played', turn });
      this.#silence.played(turn);
      this.#end.played(turn);
    }
  }

  /** What was said answers what the agent had said by then, whatever is understood in the meantime. */
  #hear(words: string, arrivedAt: number): void {
    const state = this.#state;
    if (state === null || words.trim() === '') return;
    const for_turn = state.turn;
    const atOnce = understandByRules(state, words);
    this.#obeyRefusal(state, { type: 'heard', words, interpretation: atOnce, for_turn });
    this.#enqueue(async () => {
      const interpretation = await understand(this.#ctx, this.#call.call_id, state, words);
      await this.#advance({ type: 'heard', words, interpretation, for_turn }, arrivedAt);
    });
  }

  /** A no ends the call in time, whatever it has to wait for: another step, the database, the last line. */
  #obeyRefusal(state: FlowState, heard: Extract<FlowEvent, { type: 'heard' }>): void {
    if (isOver(state) || !REFUSALS.has(heard.interpretation.label)) return;
    if (isOver(nextStep(state, heard).state)) this.#end.arm(null, HANG_UP_DEADLINE_MS, true);
  }

  #press(digit: string, arrivedAt: number): void {
    const state = this.#state;
    if (state === null) return;
    clearTimeout(this.#keyTimer);
    this.#silence.hold();
    const pad = this.#keyPad;
    const answer = (pressed: Pressed | null, at: number) => {
      if (pressed === null) return this.#silence.restart();
      const heard = { type: 'heard', ...pressed, for_turn: state.turn } as const;
      this.#obeyRefusal(state, heard);
      this.#take(heard, at);
    };
    const pressed = pad.press(digit, listening(state));
    if (pressed) return answer(pressed, arrivedAt);
    this.#keyTimer = setTimeout(() => answer(pad.complete(), performance.now()), DIGIT_WAIT_MS);
  }

  #take(event: FlowEvent, arrivedAt: number | null = null): void {
    this.#enqueue(() => this.#advance(event, arrivedAt));
  }

  #enqueue(work: () => Promise<void>): void {
    const { call_id } = this.#call;
    // A socket's frames come from nowhere: here they become work of the call.
    const step = () => observed('dialogue step', { call_id }, work);
    this.#queue = this.#queue.then(step).catch((error: unknown) => {
      this.#ctx.log.error({ err: error, call_id: this.#call.call_id }, 'a conversation failed');
      this.#line.close(SOCKET_FAILED, 'failed');
    });
  }

  async #advance(event: FlowEvent, arrivedAt: number | null): Promise<void> {
    const { call_id, script } = this.#call;
    const step = await takeStep(this.#ctx, { call_id, event, script }, this.#state);
    if (step === null) return this.#end.arm(null, 0, false);
    await this.#goOn(step, event, arrivedAt);
    if (step.stored?.has_ended) await settleEndedCall(this.#ctx, call_id);
  }

  async #goOn(step: Taken, event: FlowEvent, arrivedAt: number | null): Promise<void> {
    const { state, actions, stored } = step;
    if (state.turn !== this.#state?.turn) this.#keyPad = new KeyPad();
    this.#state = state;
    this.#perform(actions);
    if (arrivedAt !== null && stored?.first_agent_position) {
      const latency_ms = Math.round(performance.now() - arrivedAt);
      const { call_attempt_id, first_agent_position: position } = stored;
      await storeLatency(this.#ctx.db, { call_attempt_id, position, latency_ms });
    }
    if (actions.some(({ type }) => type === 'record_opt_out')) {
      const written: FlowEvent = { type: 'written', what: 'opt_out', ok: stored !== null };
      // Without storage the line that follows is not stored either; the wish itself will be.
      if (stored) return this.#advance(written, arrivedAt);
      await this.#goOn({ ...nextStep(state, written), stored }, written, null);
    } else if (event.type === 'heard' && actions.length === 0) {
      this.#silence.restart();
    }
  }

  #perform(actions: FlowAction[]): void {
    let characters = 0;
    for (const action of actions) {
      if (action.type === 'say') {
        characters += action.text.length;
        this.#playback.say(action.turn, action.text);
        const { interruptible } = action;
        for (const frame of this.#provider.conversation.say(action.text, { interruptible })) {
          this.#line.send(frame);
        }
      } else if (action.type === 'listen') {
        this.#silence.expect(action.turn, action.silence_ms, characters * MS_PER_CHARACTER);
      } else if (action.type === 'hang_up') {
        this.#silence.stop();
        const awaited = this.#state?.awaits_opt_out_write ?? false;
        this.#end.arm(action.after_played_turn, action.deadline_ms, awaited);
      }
    }
  }

  async #hangUp(): Promise<void> {
    try {
      await this.#provider.hangUp(this.#call.provider_call_id);
    } catch (error) {
      this.#ctx.log.error({ err: error, call_id: this.#call.call_id }, 'a call could not be hung up');
    }
  }
}
