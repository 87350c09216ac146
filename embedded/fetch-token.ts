import { createHash, randomBytes } from 'node:crypto';
import { COMMAND_LINE_CLIENT_ID, COMMAND_LINE_REDIRECT_URI } from './identity-provider/clients.ts';

const MAX_REDIRECTS = 10;

/** A JWT access token for the person with this address, by the real flow: authorization code with PKCE. */
export async function fetchToken(issuer: string, email: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const request = new URL(`${issuer}/auth`);
  request.search = new URLSearchParams({
    client_id: COMMAND_LINE_CLIENT_ID,
    redirect_uri: COMMAND_LINE_REDIRECT_URI,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: email,
  }).toString();
  const code = await followToCode(request);
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: COMMAND_LINE_CLIENT_ID,
      redirect_uri: COMMAND_LINE_REDIRECT_URI,
      code,
      code_verifier: verifier,
    }),
  });
  if (!response.ok) throw new Error(`The issuer gave no token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Follows the redirects as a browser would, cookies included, up to the one that carries the code. */
async function followToCode(start: URL): Promise<string> {
  const jar = new Map<string, string>();
  let url = start;
  for (let step = 0; step < MAX_REDIRECTS; step += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    await response.body?.cancel();
    keepCookies(jar, response.headers.getSetCookie());
    const location = response.headers.get('location');
    if (location === null) throw new Error(`The issuer wants a person at ${url.pathname}: no such account?`);
    url = new URL(location, url);
    if (url.href.startsWith(COMMAND_LINE_REDIRECT_URI)) return codeIn(url);
  }
  throw new Error(`The issuer redirected more than ${MAX_REDIRECTS} times.`);
}

function codeIn(url: URL): string {
  const code = url.searchParams.get('code');
  if (code) return code;
  throw new Error(`The issuer refused: ${url.searchParams.get('error_description') ?? url.search}`);
}

function keepCookies(jar: Map<string, string>, headers: string[]): void {
  for (const header of headers) {
    const [pair = ''] = header.split(';');
    const cut = pair.indexOf('=');
    jar.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
}
