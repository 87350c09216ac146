import http from 'node:http';
import type { Config } from './config.ts';

type Proxy = Config['proxy'];

// Never through a proxy: this machine, and where a cloud gives its machines their credentials.
const ALWAYS_DIRECT = ['localhost', '127.0.0.1', '::1', '[::1]', '169.254.169.254', '169.254.170.23'];

/**
 * From now on `fetch` and the global agents of http and https use the proxy; answers what undoes it. Every outside
 * client stands on one of the three, but for the mailer, which asks `proxyFor`.
 */
export function goThroughProxy(proxy: Proxy): () => void {
  const { https, http: plain } = proxy;
  if (https === null && plain === null) return () => {};
  return http.setGlobalProxyFromEnv({
    ...(https ? { HTTPS_PROXY: https.reveal() } : {}),
    ...(plain ? { HTTP_PROXY: plain.reveal() } : {}),
    NO_PROXY: [...ALWAYS_DIRECT, ...proxy.bypass].join(','),
  });
}

/** The proxy for a connection that is neither http nor https; null where it is reached directly. */
export function proxyFor(proxy: Proxy, host: string, port: number): string | null {
  if (proxy.https === null) return null;
  const names = [...ALWAYS_DIRECT, ...proxy.bypass].map((name) => name.toLowerCase());
  return names.some((name) => matches(name, host.toLowerCase(), port)) ? null : proxy.https.reveal();
}

function matches(name: string, host: string, port: number): boolean {
  if (name === '*' || name === host || name === `${host}:${port}`) return true;
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  return suffix.startsWith('.') && host.endsWith(suffix);
}
