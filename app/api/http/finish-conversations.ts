import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/**
 * Resolves when no conversation is being held over this server, at the latest after `withinMs`. What is still being
 * said then is handed over: the provider asks for another socket when its own is closed.
 */
export async function finishConversations(server: FastifyInstance, withinMs: number): Promise<void> {
  if (!server.hasDecorator('websocketServer')) return;
  const late = wait(withinMs, undefined, { ref: false });
  // One after the other: the set grows when a call that was ringing is answered meanwhile.
  for (const socket of server.websocketServer.clients) {
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await Promise.race([closed, late]);
  }
}
