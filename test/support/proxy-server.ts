import { createServer, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/**
 * A proxy as companies have them: `CONNECT` for what is encrypted or no HTTP, whole addresses for plain HTTP. Names are of
 * no name server: `known` says which port of this machine each stands for; the others are refused with 502.
 */
export async function startProxy(known: Record<string, number> = {}) {
  const asked: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const url = new URL(request.url ?? '');
    const port = known[url.host];
    if (port === undefined) return void response.writeHead(502).end();
    const { method, headers } = request;
    const onward = send(
      { host: '127.0.0.1', port, method, path: url.pathname + url.search, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    const port = known[request.url ?? ''];
    if (port === undefined) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const one of [socket, upstream])
      one.on('error', () => [socket, upstream].map((each) => each.destroy()));
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What it was asked for, in order: `CONNECT host:port` or `GET http://…`. */
    asked,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type TestProxy = Awaited<ReturnType<typeof startProxy>>;
