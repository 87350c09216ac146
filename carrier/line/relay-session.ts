import type WebSocket from 'ws';
import { type Network, record } from '../network.ts';
import { AgentSpeech } from './agent-speech.ts';
import { FarEnd } from './far-end.ts';
import { HangUp, type LiveCall } from './live-call.ts';
import type { RelayEnd } from './relay-end.ts';
import {
  type FrameFromApplication,
  type FrameToApplication,
  readFrame,
  speechMayInterrupt,
} from './relay-frames.ts';
import type { Relay } from './twiml.ts';

const SOCKET_ENDED = 64105;
const MOST_BAD_FRAMES = 10;
const PLAY_MS = 3_000;
const DIGIT_MS = 200;

/** One ConversationRelay session: frames on one side, a talking person on the other. */
export class RelaySession {
  readonly #network: Network;
  readonly #live: LiveCall;
  readonly #relay: Relay;
  readonly #socket: WebSocket;
  readonly #sessionId: string;
  readonly #over = new AbortController();
  readonly #ended = Promise.withResolvers<RelayEnd>();
  readonly #events: ReadonlySet<string>;
  readonly #speech: AgentSpeech;
  readonly #farEnd: FarEnd;
  readonly #openedAt = Date.now();
  #badFrames = 0;

  constructor(network: Network, live: LiveCall, relay: Relay, socket: WebSocket, sessionId: string) {
    this.#network = network;
    this.#live = live;
    this.#relay = relay;
    this.#socket = socket;
    this.#sessionId = sessionId;
    this.#events = new Set((relay.attributes.events ?? '').split(/[\s,]+/));
    this.#farEnd = new FarEnd(network, live, relay, this.#over.signal, {
      send: (frame) => this.#send(frame),
      interruptAgent: () => this.#interruptAgent(),
      hangUp: () => live.line.abort(new HangUp('respondent')),
    });
    this.#speech = new AgentSpeech(network.pace, this.#over.signal, {
      speaking: (on) => this.#send({ type: 'info', name: 'agentSpeaking', value: on ? 'on' : 'off' }),
      played: (text) => this.#send({ type: 'info', name: 'tokensPlayed', value: text }),
      finished: (text, interrupted) => this.#agentSaid(text, interrupted),
      silent: () => this.#farEnd.floorIsFree(),
      impatience: (interruptible) => this.#farEnd.impatience(interruptible),
      overheard: () => this.#farEnd.cutIn(),
    });
  }

  /** Holds the conversation. Resolves when the session is over and its socket closed or closing. */
  run(): Promise<RelayEnd> {
    const { line } = this.#live;
    const cut = (): void => this.#finish({ status: 'completed', ended_by: reasonOf(line.signal) }, 1000);
    this.#socket.on('message', (data) => this.#receive(String(data)));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => this.#finish({ status: 'failed', error_code: SOCKET_ENDED }));
    line.signal.addEventListener('abort', cut, { once: true, signal: this.#over.signal });
    if (line.signal.aborted) cut();
    else this.#begin();
    return this.#ended.promise;
  }

  #begin(): void {
    const { call } = this.#live;
    this.#send({
      type: 'setup',
      sessionId: this.#sessionId,
      accountSid: this.#network.account_sid,
      callSid: call.sid,
      parentCallSid: '',
      from: call.from,
      to: call.to,
      forwardedFrom: '',
      callerName: '',
      direction: 'outbound-api',
      callType: 'PSTN',
      callStatus: 'IN_PROGRESS',
      customParameters: this.#relay.parameters,
    });
    const { welcomeGreeting, welcomeGreetingInterruptible } = this.#relay.attributes;
    this.#farEnd.floorIsFree();
    if (welcomeGreeting) this.#say(welcomeGreeting, true, welcomeGreetingInterruptible, false);
  }

  #receive(raw: string): void {
    if (this.#over.signal.aborted) return;
    const frame = readFrame(raw);
    if (frame !== null) {
      this.#badFrames = 0;
      this.#obey(frame);
      return;
    }
    this.#badFrames += 1;
    this.#send({
      type: 'error',
      description: 'Invalid message received, code: 64107, message: malformed frame',
    });
    if (this.#badFrames >= MOST_BAD_FRAMES) {
      const reason = 'Too many consecutive malformed messages.';
      this.#finish({ status: 'failed', error_code: SOCKET_ENDED }, 1007, reason);
    }
  }

  #obey(frame: FrameFromApplication): void {
    switch (frame.type) {
      case 'text':
        this.#say(frame.token, frame.last, frame.interruptible, frame.preemptible);
        return;
      case 'play':
        this.#sound(PLAY_MS * (frame.loop || 1000), frame.interruptible, frame.preemptible);
        return;
      case 'sendDigits':
        this.#sound(DIGIT_MS * frame.digits.length);
        return;
      case 'language':
        this.#farEnd.speakLanguage(frame.transcriptionLanguage ?? frame.ttsLanguage ?? '');
        return;
      case 'end':
        // Ends at once: speech that was not played yet is never heard.
        this.#finish({ status: 'ended', handoff_data: frame.handoffData ?? null }, 1000);
        return;
      default:
        frame satisfies never;
    }
  }

  #say(token: string, last: boolean, interruptible?: string | boolean, preemptible?: boolean): void {
    this.#farEnd.agentHasFloor();
    this.#speech.say(token, { last, ...this.#playback(interruptible, preemptible) });
  }

  #sound(ms: number, interruptible?: string | boolean, preemptible?: boolean): void {
    this.#farEnd.agentHasFloor();
    this.#speech.sound(ms, this.#playback(interruptible, preemptible));
  }

  #playback(interruptible?: string | boolean, preemptible?: boolean) {
    return {
      interruptible: speechMayInterrupt(interruptible, this.#relay.attributes.interruptible),
      preemptible: preemptible ?? this.#relay.attributes.preemptible === 'true',
    };
  }

  #agentSaid(text: string, interrupted: boolean): void {
    const { call } = this.#live;
    const line = { call_sid: call.sid, to: call.to, from: call.from, status: call.status };
    record(this.#network, {
      ...line,
      fact: 'agent_said',
      text: text.trim(),
      ...(interrupted && { interrupted }),
    });
    if (!interrupted) this.#farEnd.heard(text);
  }

  #interruptAgent(): void {
    const { heard, ms } = this.#speech.interrupt();
    this.#send({ type: 'interrupt', utteranceUntilInterrupt: heard, durationUntilInterruptMs: ms });
  }

  #send(frame: FrameToApplication): void {
    if (this.#over.signal.aborted || this.#socket.readyState !== this.#socket.OPEN) return;
    if (frame.type === 'info' && !this.#events.has(eventOf(frame.name))) return;
    this.#socket.send(JSON.stringify(frame));
  }

  /** The one end of a session: what comes second is ignored. Without a close code the socket is down already. */
  #finish(end: Partial<RelayEnd> & Pick<RelayEnd, 'status'>, closeCode?: number, reason?: string): void {
    if (this.#over.signal.aborted) return;
    this.#speech.interrupt();
    this.#over.abort();
    if (closeCode !== undefined) this.#socket.close(closeCode, reason ?? 'Closing websocket session');
    this.#ended.resolve({
      session_id: this.#sessionId,
      duration_seconds: Math.round((Date.now() - this.#openedAt) / 1000),
      handoff_data: null,
      error_code: null,
      error_message: end.error_code === SOCKET_ENDED ? 'Websocket ended' : null,
      ended_by: 'application',
      ...end,
    });
  }
}

function eventOf(name: 'agentSpeaking' | 'clientSpeaking' | 'tokensPlayed'): string {
  return name === 'tokensPlayed' ? 'tokens-played' : 'speaker-events';
}

function reasonOf(signal: AbortSignal): HangUp['by'] {
  return signal.reason instanceof HangUp ? signal.reason.by : 'network';
}
