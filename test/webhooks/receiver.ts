import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

type Told = { headers: IncomingHttpHeaders; body: string };
/** What the receiver does with the next post; without a mood it answers 204. */
export type Mood = { status: number; headers?: Record<string, string> } | 'drop' | 'silent';

/** Somebody's CRM: a real server that does as it is told; `told` is what reached it. */
export async function receiver() {
  const told: Told[] = [];
  const moods: Mood[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      told.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      const mood = moods.shift() ?? { status: 204 };
      if (mood === 'drop') return void request.socket.destroy();
      if (mood === 'silent') return;
      response.writeHead(mood.status, mood.headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://localhost:${port}/hook`,
    told,
    next: (...given: Mood[]) => {
      moods.push(...given);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
export type Receiver = Awaited<ReturnType<typeof receiver>>;
