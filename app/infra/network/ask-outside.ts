import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { agentThroughProxy } from '../config/proxy.ts';
import { type Address, InternalAddress, outsideAddress } from './outside-address.ts';

type Ask = { url: string; headers: Record<string, string>; allowed: readonly string[]; timeout_ms: number };

/**
 * One GET to an address outside; answers its status. The name is resolved once, looked at and connected to as it was; no
 * redirection is followed, and nothing of the answer's body is read.
 */
export async function askOutside({ url, headers, allowed, timeout_ms }: Ask): Promise<number> {
  const target = new URL(url);
  if (target.protocol !== 'https:' && target.protocol !== 'http:') throw new Error('not an http address');
  const agent = agentThroughProxy(target);
  const found = await outsideAddress(target.hostname, allowed).catch((error: unknown) => {
    // What only the proxy can resolve is left to its rules.
    if (agent && !(error instanceof InternalAddress)) return null;
    throw error;
  });
  const request = target.protocol === 'https:' ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const asking = request(target, {
      headers,
      agent,
      signal: AbortSignal.timeout(timeout_ms),
      ...(agent || found === null ? {} : { lookup: alwaysTo(found) }),
    });
    asking.on('response', (response) => {
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    asking.on('error', reject);
    asking.end();
  });
}

function alwaysTo({ address, family }: Address): LookupFunction {
  return (_name, options, done) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family);
}
