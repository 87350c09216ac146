import { answerCall } from '../../app/calling/conversation/answer-call.ts';
import { converse, type Ear } from '../../app/calling/converse.ts';
import { waitFor } from '../support/wait-for.ts';
import { NOON, type World } from './world.ts';

let serial = 0;

/** A call that was just answered. */
export async function answeredCall(w: World, of: Parameters<World['campaign']>[0] = {}) {
  const campaign = await w.campaign(of);
  await w.contacts(campaign, 1);
  const [call_id] = await w.claim([campaign], 1);
  serial += 1;
  const sid = `CA-conversation-${serial}`;
  await w.db
    .updateTable('call_attempt')
    .set({ dial_state: 'placed', provider_call_id: sid, provider_status: 'answered', answered_at: NOON })
    .where('call_id', '=', call_id!)
    .execute();
  return { call_id: call_id!, sid };
}

/** The document that the provider is given for it. */
export const documentFor = (w: World, { call_id, sid }: { call_id: string; sid: string }) =>
  answerCall(w.ctx, w.port, { call_id, provider_call_id: sid });
export const tokenIn = ({ body }: { body: string }) => /name="token" value="([^"]+)"/.exec(body)?.[1] ?? null;

/** The far end of one socket: says things when it is its turn, and remembers what it was told. */
export class FarSocket {
  readonly said: string[] = [];
  readonly frames: { type: string; token?: string; interruptible?: boolean }[] = [];
  closedWith: number | null = null;
  readonly #ear: Ear;

  constructor(w: World) {
    this.#ear = converse(w.ctx, w.port, {
      send: (text) => {
        const frame = JSON.parse(text);
        this.frames.push(frame);
        if (frame.type === 'text') this.said.push(frame.token);
      },
      close: (code) => {
        this.closedWith = code;
      },
    });
  }

  send(frame: object): void {
    this.#ear.receive(JSON.stringify(frame));
  }

  setup(sid: string, token: string | null): void {
    this.send({ type: 'setup', callSid: sid, customParameters: { token } });
  }

  /** Waits until the agent has spoken so many turns and plays them. */
  async listen(turns: number): Promise<void> {
    await waitFor(`turn ${turns}`, () => this.said.length >= turns, 5_000);
    for (const value of this.said.slice(turns - 1)) this.send({ type: 'info', name: 'tokensPlayed', value });
  }

  say(voicePrompt: string): void {
    this.send({ type: 'prompt', voicePrompt, last: true });
  }

  close(): void {
    this.#ear.closed();
  }
}

/** A call whose introduction was heard to its end. */
export async function begunCall(w: World) {
  const call = await answeredCall(w);
  const socket = new FarSocket(w);
  socket.setup(call.sid, tokenIn(await documentFor(w, call)));
  await socket.listen(1);
  const { id, contact_id, phone_number } = (await w.attempt(call.call_id))!;
  return { ...call, socket, id, contact_id, phone_number: phone_number! };
}
