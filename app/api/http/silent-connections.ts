import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

// Who has just connected is about to ask; who has not by then only keeps a connection ready.
const PATIENCE_MS = 2_000;
const LOOK_MS = 250;

/**
 * Lets a server close although clients have opened connections on which they never asked anything, as browsers and load
 * balancers do to be ready: Node counts those neither as idle nor as busy, and waits a minute for their first request.
 */
export function dropSilentConnections(app: FastifyInstance): void {
  const silentSinceMs = new Map<Socket, number>();
  app.server.on('connection', (socket: Socket) => {
    silentSinceMs.set(socket, performance.now());
    socket.once('close', () => silentSinceMs.delete(socket));
  });
  for (const event of ['request', 'upgrade'] as const) {
    app.server.on(event, ({ socket }: { socket: Socket }) => silentSinceMs.delete(socket));
  }
  app.addHook('preClose', async () => {
    const timer = setInterval(() => {
      const untilMs = performance.now() - PATIENCE_MS;
      for (const [socket, sinceMs] of silentSinceMs) if (sinceMs <= untilMs) socket.destroy();
    }, LOOK_MS);
    app.server.once('close', () => clearInterval(timer));
  });
}
