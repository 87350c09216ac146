import { createServer, request } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';

/** `before`: the thing has not left yet. `after`: the other side has done it, and its answer is withheld. */
export type Moment = 'before' | 'after';

async function listening(server: {
  listen(port: number, host: string, done: () => void): unknown;
  address(): unknown;
}) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

type SqlTap = {
  /** A statement that the transaction holds, or is, when it has no transaction around it. */
  statement: RegExp;
  /** True: it is the commit of such a transaction that counts. */
  isCommit: boolean;
  moment: Moment;
};

function isWanted(tap: SqlTap | null, said: string, text: string): boolean {
  if (!tap?.statement.test(said)) return false;
  return !tap.isCommit || /\bcommit\b/i.test(text);
}

/** A wire to PostgreSQL on which a test stands: at the chosen statement or commit it calls `strike`, once. */
export async function tapSql(databaseUrl: string, tap: SqlTap | null, strike: () => void) {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const server = createTcpServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    let said = '';
    let isStruck = false;
    client.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (/\bbegin\b/i.test(text)) said = '';
      said += text;
      const isReached = isWanted(tap, said, text);
      if (isReached && !isStruck) {
        isStruck = true;
        if (tap?.moment === 'before') return strike();
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (isStruck) return strike();
      client.write(chunk);
    });
    client.on('end', () => upstream.end());
    upstream.on('end', () => client.end());
  });
  const tapped = new URL(databaseUrl);
  tapped.port = String(await listening(server));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { url: tapped.href, stop };
}

/** A wire to the carrier: at the request that creates a call it calls `strike`, before or after the carrier has it. */
export async function tapCarrier(carrierUrl: string, moment: Moment | null, strike: () => void) {
  const target = new URL(carrierUrl);
  const server = createServer((asked, answer) => {
    const isCreate = asked.method === 'POST' && (asked.url ?? '').endsWith('/Calls.json');
    if (isCreate && moment === 'before') return strike();
    const { method, url: path, headers } = asked;
    const onward = request({ host: target.hostname, port: target.port, method, path, headers }, (got) => {
      if (isCreate && moment === 'after') return strike();
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  const url = `http://127.0.0.1:${await listening(server)}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, stop };
}
