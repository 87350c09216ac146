import { createHmac } from 'node:crypto';

/**
 * The X-Twilio-Signature of a request: HMAC-SHA1 over the URL as configured, then every form field sorted by
 * name, name and value glued together (twilio.com/docs/usage/security). The fragment is not part of it. For a
 * WebSocket handshake there are no fields and the URL is the `url` attribute exactly as written.
 */
export function sign(authToken: string, url: string, params: Readonly<Record<string, string>> = {}): string {
  const fields = Object.keys(params)
    .sort()
    .map((name) => name + params[name])
    .join('');
  return createHmac('sha1', authToken)
    .update(withoutFragment(url) + fields, 'utf8')
    .digest('base64');
}

/** The URL up to its `#`, where Twilio keeps connection overrides. */
export function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}
