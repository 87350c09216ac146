import { type LookupAddress, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { agentThroughProxy } from '../../infra/config/proxy.ts';
import { type EgressRules, isInternalAddress, urlFault } from './egress.ts';

type Resolve = (
  hostname: string,
  options: { all: true },
  done: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;
type Post = { url: string; headers: Record<string, string>; body: string };
type Rules = EgressRules & { timeout_ms: number };

/** `answered` with any status; `failed` without one. */
export type PostResult =
  | { kind: 'answered'; status: number; retry_after_seconds: number | null }
  | { kind: 'failed'; message: string };

class Refused extends Error {}

/**
 * Posts once. The address is checked where the connection is made: the name is resolved one time, and connected to is
 * exactly what was checked, so that a name that changes its mind gains nothing. Redirects are not followed; of the
 * answer only the status is looked at. Through a proxy it is the proxy that connects: a name that leads inside by our own
 * name server is refused all the same; one that only the proxy can resolve is left to its rules.
 */
export async function postWebhook(
  { url, headers, body }: Post,
  rules: Rules,
  resolve: Resolve = lookup,
): Promise<PostResult> {
  const fault = urlFault(url, rules);
  if (fault) return { kind: 'failed', message: `the address ${fault}` };
  const target = new URL(url);
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  const agent = agentThroughProxy(target);
  try {
    if (agent && !rules.allow_internal) await refuseInternal(target.hostname, resolve);
    return await new Promise<PostResult>((done, fail) => {
      const sending = request(
        target,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          agent,
          lookup: agent || rules.allow_internal ? undefined : checkedLookup(resolve),
          signal: AbortSignal.timeout(rules.timeout_ms),
        },
        (answer) => {
          const status = answer.statusCode ?? 0;
          done({ kind: 'answered', status, retry_after_seconds: seconds(answer.headers['retry-after']) });
          answer.destroy();
        },
      );
      sending.once('error', fail);
      sending.end(body);
    });
  } catch (error) {
    return { kind: 'failed', message: reasonOf(error as Error & { code?: string }) };
  }
}

function refuseInternal(hostname: string, resolve: Resolve): Promise<void> {
  return new Promise((done, fail) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      const leadsInside = !error && addresses.some(({ address }) => isInternalAddress(address));
      if (leadsInside) fail(new Refused('the name leads to an internal address'));
      else done();
    });
  });
}

/** One internal address among several is enough to refuse: which one would be taken is chance. */
function checkedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Refused('the name has no address'), []);
      if (addresses.some(({ address }) => isInternalAddress(address))) {
        return done(new Refused('the name leads to an internal address'), []);
      }
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/** Our own words, or a code: a library's message may quote what was sent. */
function reasonOf(error: Error & { code?: string }): string {
  if (error instanceof Refused) return error.message;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return `the connection failed (${error.code ?? error.name})`;
}

function seconds(header: string | undefined): number | null {
  return header && /^\d{1,6}$/.test(header) ? Number(header) : null;
}
