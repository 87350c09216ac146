import { createServer } from 'node:net';

/** Whether nobody listens on the port under the name `localhost`, by either version of IP. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1']) {
    if ((await tryPort(port, host)) === 'taken') return false;
  }
  return true;
}

/** The preferred port if it is free, else one that the system chooses. */
export async function freePort(preferred = 0): Promise<number> {
  if (preferred > 0 && (await isPortFree(preferred))) return preferred;
  const port = await tryPort(0, '127.0.0.1');
  if (port === 'taken' || port === 'no such address') throw new Error('This machine has no free port.');
  return port;
}

function tryPort(port: number, host: string): Promise<number | 'taken' | 'no such address'> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve('taken');
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve('no such address');
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
