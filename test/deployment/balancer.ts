import { connect, createServer, type Socket } from 'node:net';

/** What stands before the api processes: every connection goes to one of the ports that are in at that moment, in turn. */
export async function startBalancer(port: number) {
  const ports: number[] = [];
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    const target = ports[turn++ % Math.max(1, ports.length)];
    if (target === undefined) {
      client.destroy();
      return;
    }
    const upstream = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    add: (one: number) => void ports.push(one),
    /** New connections go elsewhere; those that are open stay, as behind a load balancer that deregisters a target. */
    remove: (one: number) => void ports.splice(ports.indexOf(one), 1),
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
