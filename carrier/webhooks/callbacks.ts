import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Call, CallRequest } from '../call.ts';
import type { Network } from '../network.ts';
import { callParams, rfc2822 } from './call-params.ts';
import { sendRequest } from './send-request.ts';

/** The names an application puts in StatusCallbackEvent; `completed` stands for every final status. */
export type CallbackEvent = 'initiated' | 'ringing' | 'answered' | 'completed';

type Target = { url: string; method: 'GET' | 'POST' };

/** Tells the application about one call: in order, one at a time, unless a fault is set. */
export class Callbacks {
  readonly #network: Network;
  readonly #call: Call;
  readonly #request: CallRequest;
  #sequence = 0;
  #sending: Promise<void> = Promise.resolve();
  #heldBack: (() => Promise<void>)[] = [];

  constructor(network: Network, call: Call, request: CallRequest) {
    this.#network = network;
    this.#call = call;
    this.#request = request;
  }

  /** Queues a status callback if the application asked for this event. Returns at once. */
  announce(event: CallbackEvent, callStatus: string, extra: Record<string, string> = {}): void {
    const { status_callback: url, status_callback_method: method, status_callback_events } = this.#request;
    if (url === null || !status_callback_events.includes(event)) return;
    const stir: Record<string, string> =
      callStatus === 'ringing' || callStatus === 'in-progress' ? { StirStatus: 'C' } : {};
    this.#queue(event, { url, method }, callStatus, {
      ...stir,
      ...extra,
      Timestamp: rfc2822(new Date()),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(this.#sequence++),
    });
    if (event === 'completed') this.#sendHeldBack();
  }

  /** Queues the verdict of machine detection. */
  announceAnsweredBy(answeredBy: string, durationMs: number): void {
    const { async_amd_status_callback: url, async_amd_status_callback_method: method } = this.#request;
    if (url === null) return;
    const extra = { AnsweredBy: answeredBy, MachineDetectionDuration: String(durationMs) };
    this.#queue('machine-detection', { url, method }, 'in-progress', extra);
  }

  #queue(event: string, target: Target, callStatus: string, extra: Record<string, string>): void {
    const { faults } = this.#network;
    const key = [this.#call.to, this.#call.ordinal, event];
    if (faults.strikes('webhook_lost', ...key)) return;
    const params = { ...callParams(this.#network.account_sid, this.#call, callStatus), ...extra };
    const dueAt = Date.now() + faults.settings.webhook_delayed_ms;
    const send = () => this.#send(target, params, dueAt, key);
    if (faults.strikes('webhook_reordered', ...key)) {
      this.#heldBack.push(send);
      return;
    }
    this.#sending = this.#sending.then(send);
    this.#sendHeldBack();
  }

  #sendHeldBack(): void {
    for (const send of this.#heldBack.splice(0)) this.#sending = this.#sending.then(send);
  }

  async #send(
    target: Target,
    params: Record<string, string>,
    dueAt: number,
    key: (string | number)[],
  ): Promise<void> {
    const { faults, closing, auth_token } = this.#network;
    const wait = dueAt - Date.now();
    if (wait > 0) await delay(wait, undefined, { signal: closing }).catch(() => undefined);
    const signedWith = faults.strikes('webhook_wrong_signature', ...key) ? `not ${auth_token}` : auth_token;
    const request = { ...target, params, auth_token: signedWith, idempotency_token: randomUUID() };
    await sendRequest(request, closing);
    if (faults.strikes('webhook_duplicated', ...key)) await sendRequest(request, closing);
  }
}
