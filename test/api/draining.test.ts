import type { AddressInfo } from 'node:net';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { finishConversations } from '../../app/api/http/finish-conversations.ts';

const LONG_MS = 60_000;
let app: FastifyInstance;
let url: string;
beforeEach(async () => {
  app = fastify();
  await app.register(websocket);
  await app.register(async (scope) => scope.get('/call', { websocket: true }, () => {}));
  await app.listen({ host: '127.0.0.1', port: 0 });
  url = `ws://127.0.0.1:${(app.server.address() as AddressInfo).port}/call`;
});
afterEach(() => app.close());

async function answer(): Promise<WebSocket> {
  const call = new WebSocket(url);
  await new Promise((resolve) => call.once('open', resolve));
  return call;
}

describe('a process that is to stop', () => {
  it('has nothing to wait for without a call, or without a socket at all', async () => {
    await finishConversations(app, LONG_MS);
    await finishConversations(fastify(), LONG_MS);
  });

  it('lets calls end, also one that was answered meanwhile', async () => {
    const first = await answer();
    let isOver = false;
    const over = finishConversations(app, LONG_MS).then(() => {
      isOver = true;
    });
    const late = await answer();
    const firstClosed = new Promise((resolve) => first.once('close', resolve));
    first.close();
    await firstClosed;
    expect(isOver).toBe(false);
    late.close();
    await over;
  });

  it('waits no longer than it was told to', async () => {
    const call = await answer();
    await finishConversations(app, 20);
    expect(call.readyState).toBe(WebSocket.OPEN);
  });
});
