import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import twilio from 'twilio';
import type { CallListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/call.js';
import type { Fact } from '../../carrier/journal.ts';
import { type CarrierOptions, startCarrier } from '../../carrier/start-carrier.ts';
import { waitFor } from '../support/wait-for.ts';
import { SmallApplication } from './small-application.ts';

const ACCOUNT = `AC${'0123456789abcdef'.repeat(2)}`;
const TOKEN = 'a token of the tests';
export const FROM = '+390212345678';

/** A carrier and an application that know each other, and the real SDK between them. */
export class CarrierUnderTest {
  readonly application = new SmallApplication(TOKEN);
  #running: Awaited<ReturnType<typeof startCarrier>> | undefined;
  dataDir = '';
  #options: Partial<CarrierOptions> = {};

  /** Network time is compressed a hundredfold unless said otherwise. */
  static async start(options: Partial<CarrierOptions> = {}): Promise<CarrierUnderTest> {
    const self = new CarrierUnderTest();
    self.#options = options;
    self.dataDir = await mkdtemp(path.join(tmpdir(), 'carrier-'));
    await self.application.start();
    await self.restart();
    return self;
  }

  get url(): string {
    return this.#running?.url ?? '';
  }

  get journalPath(): string {
    return path.join(this.dataDir, 'log.ndjson');
  }

  get client(): twilio.Twilio {
    return this.clientWith({});
  }

  clientWith({ token = TOKEN, timeout = 10_000 }: { token?: string; timeout?: number }): twilio.Twilio {
    const client = twilio(ACCOUNT, token, { timeout });
    client.api.baseUrl = this.url;
    return client;
  }

  get options(): CarrierOptions {
    const { dataDir } = this;
    return { accountSid: ACCOUNT, authToken: TOKEN, dataDir, speed: 100, seed: 7, ...this.#options };
  }

  async restart(): Promise<void> {
    await this.#running?.stop();
    this.#running = await startCarrier(this.options);
  }

  /** Creates a call as a survey application would; `call_id` marks its webhooks. */
  call(to: string, callId: string, more: Partial<CallListInstanceCreateOptions> = {}) {
    return this.client.calls.create({ ...this.callOptions(to, callId), ...more });
  }

  callOptions(to: string, callId: string): CallListInstanceCreateOptions {
    const { url } = this.application;
    return {
      to,
      from: FROM,
      url: `${url}/answer?call_id=${encodeURIComponent(callId)}`,
      statusCallback: `${url}/events?call_id=${encodeURIComponent(callId)}`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      timeout: 25,
      timeLimit: 300,
      machineDetection: 'Enable',
      asyncAmd: 'true',
      asyncAmdStatusCallback: `${url}/machine?call_id=${encodeURIComponent(callId)}`,
    };
  }

  async facts(sid?: string): Promise<Fact[]> {
    const text = await (await fetch(`${this.url}/log`)).text();
    const facts = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Fact);
    return sid === undefined ? facts : facts.filter((fact) => fact.call_sid === sid);
  }

  /** Waits for the end of a call and for its last status callback. */
  async ended(sid: string, callId: string) {
    await waitFor('the last status callback', () =>
      this.application.callbacks('/events', callId).some((r) => 'CallDuration' in r.params),
    );
    return this.client.calls(sid).fetch();
  }

  async putFaults(faults: Record<string, number>): Promise<number> {
    const response = await fetch(`${this.url}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(faults),
    });
    return response.status;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    await this.application.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
