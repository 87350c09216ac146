import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type WireRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
export type WireAnswer = { status: number; type: string; body: string };
export type Exchange = { request: WireRequest; answer: WireAnswer | null };

/**
 * What goes wrong between adapter and vendor. `before`: the vendor never sees the request. `after`: it does, and acts
 * on it, and its answer is lost or replaced. `silent`: the connection stays open and nothing comes.
 */
export type WireFault = {
  when: 'before' | 'after';
  what: 'reset' | 'silent' | WireAnswer;
};

/** A page such as a proxy sends in place of the vendor. */
export const html = (status: number): WireAnswer => ({
  status,
  type: 'text/html; charset=utf-8',
  body: `<html><body>${status}</body></html>`,
});
export const nothing = (status: number): WireAnswer => ({ status, type: 'application/json', body: '' });

/** Stands between an adapter and its vendor's simulated side: passes everything on, writes it down, spoils it on request. */
export class Wire {
  readonly exchanges: Exchange[] = [];
  fault: WireFault | null = null;
  readonly #vendor: string;
  readonly #server = createServer((request, response) => void this.#pass(request, response));

  constructor(vendor: string) {
    this.#vendor = vendor;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const request = { method, path, headers, body: Buffer.concat(chunks).toString() };
    const exchange: Exchange = { request, answer: null };
    this.exchanges.push(exchange);
    const { fault } = this;
    if (fault?.when !== 'before') exchange.answer = await this.#forward(request);
    if (fault?.what === 'reset') return void incoming.socket.resetAndDestroy();
    if (fault?.what === 'silent') return;
    const answer = fault?.what ?? exchange.answer!;
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
  }

  async #forward({ method, path, headers, body }: WireRequest): Promise<WireAnswer> {
    const sent = new Headers();
    for (const name of ['authorization', 'content-type', 'accept']) {
      if (typeof headers[name] === 'string') sent.set(name, headers[name]);
    }
    const more = method === 'GET' ? {} : { body };
    const answer = await fetch(`${this.#vendor}${path}`, { method, headers: sent, ...more });
    const type = answer.headers.get('content-type') ?? 'application/json';
    return { status: answer.status, type, body: await answer.text() };
  }
}
