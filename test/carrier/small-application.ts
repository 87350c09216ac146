import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Received {
  path: string;
  call_id: string | null;
  valid: boolean;
  idempotency_token: string | undefined;
  params: Record<string, string>;
  /** As it came. */
  raw: { url: string; headers: IncomingMessage['headers']; body: Buffer };
}

export interface Session {
  socket: WebSocket;
  signature_valid: boolean;
  frames: Record<string, unknown>[];
}

/** What a session says next, given everything received in it so far; `null` leaves the floor to the other. */
export type Script = (session: Session, said: string | null) => Record<string, unknown>[];

/** The least application a carrier can serve: answers TwiML, keeps what it is sent, talks by a script. */
export class SmallApplication {
  readonly received: Received[] = [];
  readonly sessions: Session[] = [];
  relayAttributes: Record<string, string> = {};
  documentAfter = '<Response><Hangup/></Response>';
  answerStatus: (received: Received) => number = () => 204;
  script: Script = () => [];
  readonly #token: string;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new WebSocketServer({ server: this.#server });

  constructor(token: string) {
    this.#token = token;
  }

  async start(): Promise<void> {
    this.#sockets.on('connection', (socket, request) => this.#talk(socket, request));
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get socketUrl(): string {
    return `${this.url.replace('http', 'ws')}/talk`;
  }

  callbacks(path: string, callId?: string): Received[] {
    return this.received.filter((r) => r.path === path && (callId === undefined || r.call_id === callId));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const params = Object.fromEntries(new URLSearchParams(body));
    const url = new URL(request.url ?? '/', this.url);
    const signature = String(request.headers['x-twilio-signature']);
    const received: Received = {
      path: url.pathname,
      call_id: url.searchParams.get('call_id'),
      valid: twilio.validateRequest(this.#token, signature, url.href, params),
      idempotency_token: request.headers['i-twilio-idempotency-token'] as string | undefined,
      params,
      raw: { url: url.href, headers: request.headers, body: Buffer.from(body) },
    };
    this.received.push(received);
    if (url.pathname === '/answer')
      return void response.setHeader('content-type', 'text/xml').end(this.#document());
    if (url.pathname === '/ended')
      return void response.setHeader('content-type', 'text/xml').end(this.documentAfter);
    response.statusCode = received.valid ? this.answerStatus(received) : 403;
    response.end();
  }

  #document(): string {
    const response = new twilio.twiml.VoiceResponse();
    const relay = response.connect({ action: `${this.url}/ended?call_id=&a=1` }).conversationRelay({
      url: this.socketUrl,
      ...this.relayAttributes,
    });
    relay.parameter({ name: 'token', value: 'a "quoted" & odd <value>' });
    return response.toString();
  }

  #talk(socket: WebSocket, request: IncomingMessage): void {
    const signature = String(request.headers['x-twilio-signature']);
    const session: Session = {
      socket,
      signature_valid: twilio.validateRequest(this.#token, signature, this.socketUrl, {}),
      frames: [],
    };
    this.sessions.push(session);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      session.frames.push(frame);
      const said = frame.type === 'prompt' && frame.last ? String(frame.voicePrompt) : null;
      if (said === null && frame.type !== 'setup') return;
      for (const answer of this.script(session, said)) socket.send(JSON.stringify(answer));
    });
  }
}

/** One message that opens and closes its talk cycle. */
export function say(token: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'text', token, last: true, ...more };
}

const SURVEY = [
  'Hello, this is an automated assistant of a research institute. Do you agree to take part in a short survey?',
  'From 1 to 5, how satisfied are you with our service?',
  'What should we change first?',
];

/** A survey of one consent question and two others, in English, with the least understanding that will do. */
export function surveyScript(): { script: Script; consent: string[]; answers: string[] } {
  const consent: string[] = [];
  const answers: string[] = [];
  let step = 0;
  const end = { type: 'end', handoffData: '{"why":"done"}' };
  const script: Script = (_session, said) => {
    if (said !== null && !/\b(who|who's|robot|repeat|say that again|get my number)\b/i.test(said)) {
      (step === 0 ? consent : answers).push(said);
      if (step === 0 && !/^(yes|yeah|sure|okay)/i.test(said)) return [end];
      step += 1;
    }
    const line = SURVEY[step];
    return line === undefined ? [end] : [say(line, { interruptible: false })];
  };
  return { script, consent, answers };
}
