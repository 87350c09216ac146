import { BlockList, isIP } from 'node:net';

// IANA's special-purpose registries: this host, private, shared, loopback, link-local, documentation, benchmarks,
// multicast, reserved. None of them is a machine of somebody else on the Internet.
const INTERNAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
// Of IPv6 only 2000::/3 is the Internet; in it Teredo and 6to4 wrap IPv4 addresses, the rest is not for hosts.
const GLOBAL_V6 = ['2000::', 3] as const;
const INTERNAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const internal = new BlockList();
for (const [net, prefix] of INTERNAL_V4) internal.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of INTERNAL_V6) internal.addSubnet(net, prefix, 'ipv6');
const global = new BlockList();
global.addSubnet(...GLOBAL_V6, 'ipv6');

/** True for every address that is not a public one of the Internet; also for what is no address at all. */
export function isInternalAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return internal.check(address, 'ipv4');
    case 6:
      return !global.check(address, 'ipv6') || internal.check(address, 'ipv6');
    default:
      return true;
  }
}

/** Whether the list names the host: `crm.example` itself, `*.bi.example` whatever is below it, with `:port` only there. */
export function isAllowedHost({ hostname, port }: URL, allowed: readonly string[]): boolean {
  return allowed.some((entry) => {
    const [, name = '', wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    if (wantedPort !== undefined && wantedPort !== port) return false;
    return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name;
  });
}

export type EgressRules = { allowed_hosts: readonly string[]; allow_internal: boolean };

/** Why nothing may be sent to this address, or null; the machine behind the name is looked at when it is called. */
export function urlFault(text: string, { allowed_hosts, allow_internal }: EgressRules): string | null {
  if (!URL.canParse(text)) return 'is no address';
  const url = new URL(text);
  if (url.username || url.password) return 'must not hold a password';
  if (url.protocol !== 'https:' && !(allow_internal && url.protocol === 'http:')) return 'must be https';
  if (!isAllowedHost(url, allowed_hosts)) return 'is at a host that is not on the list of allowed hosts';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && isInternalAddress(host) && !allow_internal) return 'is an internal address';
  return null;
}
