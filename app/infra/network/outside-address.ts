import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';

/** Thrown for a host that lies inside: nobody may make this application talk to its own network. */
export class InternalAddress extends Error {
  override name = 'InternalAddress';
}

export type Address = { address: string; family: 4 | 6 };

// IANA special-purpose registries: this host, private, shared, loopback, link-local (cloud metadata), protocol
// assignments, benchmarks, multicast, reserved; and IPv6 ways to write an IPv4 address.
const INSIDE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  INSIDE.addSubnet(network, prefix, 'ipv6');
}

/** True for an address that is not on the public internet. */
export function isInternal({ address, family }: Address): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return INSIDE.check(mapped[1]!, 'ipv4');
  // A mapped address in hexadecimal is no address that anybody would enter.
  if (/^::ffff:/i.test(address)) return true;
  return INSIDE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The address of a host, to be connected to as it is: asked a second time, a name may answer differently. Throws
 * InternalAddress when any of its addresses lies inside; hosts in `allowed` may.
 */
export async function outsideAddress(host: string, allowed: readonly string[]): Promise<Address> {
  const name = host.replace(/^\[|\]$/g, '');
  const found = (await lookup(name, { all: true })) as Address[];
  const [first] = found;
  if (!first) throw new Error('the host has no address');
  if (!allowed.includes(name) && found.some(isInternal)) throw new InternalAddress('the address lies inside');
  return first;
}
