import http from 'node:http';
import https from 'node:https';
import type { Config } from './config.ts';

type Proxy = Config['proxy'];

// Never through a proxy: this machine, and where a cloud gives its machines their credentials.
const ALWAYS_DIRECT = ['localhost', '127.0.0.1', '::1', '[::1]', '169.254.169.254', '169.254.170.23'];

let inUse: NodeJS.ProcessEnv = {};

/**
 * From now on `fetch` and the global agents of http and https use the proxy; answers what undoes it. Every outside
 * client stands on one of the three, but for the mailer, which asks `proxyFor`.
 */
export function goThroughProxy(proxy: Proxy): () => void {
  const { https: secure, http: plain } = proxy;
  if (secure === null && plain === null) return () => {};
  inUse = {
    ...(secure ? { HTTPS_PROXY: secure.reveal() } : {}),
    ...(plain ? { HTTP_PROXY: plain.reveal() } : {}),
    NO_PROXY: [...ALWAYS_DIRECT, ...proxy.bypass].join(','),
  };
  const restore = http.setGlobalProxyFromEnv(inUse);
  return () => {
    inUse = {};
    restore();
  };
}

/**
 * Agents that go through the proxy in use, for a client that insists on none: axios, told `proxy: false`, takes it off
 * every agent whose options show one. Node has read the option by then.
 */
export function agentsThroughProxy(timeoutMs: number): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  const options = { keepAlive: true, timeout: timeoutMs, proxyEnv: inUse };
  const agents = { httpAgent: new http.Agent(options), httpsAgent: new https.Agent(options) };
  for (const agent of Object.values(agents)) {
    delete (agent as unknown as { options: { proxyEnv?: unknown } }).options.proxyEnv;
  }
  return agents;
}

/**
 * An agent for one request through the proxy in use; false where the address is reached directly. Through a proxy it is
 * the proxy that resolves the name and makes the connection.
 */
export function agentThroughProxy(target: URL): http.Agent | false {
  const isSecure = target.protocol === 'https:';
  if (!(isSecure ? inUse.HTTPS_PROXY : inUse.HTTP_PROXY)) return false;
  const port = Number(target.port) || (isSecure ? 443 : 80);
  const bypass = (inUse.NO_PROXY ?? '').split(',').filter((name) => name !== '');
  if (isBypassed(bypass, target.hostname, port)) return false;
  const options = { proxyEnv: inUse };
  return isSecure ? new https.Agent(options) : new http.Agent(options);
}

/** The proxy for a connection that is neither http nor https; null where it is reached directly. */
export function proxyFor(proxy: Proxy, host: string, port: number): string | null {
  if (proxy.https === null) return null;
  return isBypassed([...ALWAYS_DIRECT, ...proxy.bypass], host, port) ? null : proxy.https.reveal();
}

function isBypassed(names: readonly string[], host: string, port: number): boolean {
  return names.some((name) => matches(name.toLowerCase(), host.toLowerCase(), port));
}

function matches(name: string, host: string, port: number): boolean {
  if (name === '*' || name === host || name === `${host}:${port}`) return true;
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  return suffix.startsWith('.') && host.endsWith(suffix);
}
