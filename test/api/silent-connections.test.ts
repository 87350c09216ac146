import { once } from 'node:events';
import { connect } from 'node:net';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { dropSilentConnections } from '../../app/api/http/silent-connections.ts';

async function aServer() {
  const app = fastify({ forceCloseConnections: 'idle' });
  dropSilentConnections(app);
  let answer = () => {};
  app.get('/slow', () => new Promise<string>((resolve) => (answer = () => resolve('answered'))));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  return { app, port, answer: () => answer() };
}

it('a server closes although somebody has opened a connection and says nothing', async () => {
  const { app, port } = await aServer();
  const silent = connect(port, '127.0.0.1');
  await once(app.server, 'connection');
  const ended = once(silent, 'close');
  await app.close();
  await ended;
});

it('and still answers who has asked', async () => {
  const { app, port, answer } = await aServer();
  const asked = fetch(`http://127.0.0.1:${port}/slow`, { headers: { connection: 'close' } });
  await once(app.server, 'request');
  const closing = app.close();
  answer();
  expect(await (await asked).text()).toBe('answered');
  await closing;
});
