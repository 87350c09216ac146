import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
type Answer = { status?: number; body: unknown };

export const CLIENT_ID = 'the-application';
export const CLIENT_SECRET = 'a-secret-of-the-client';
export const AUDIENCE = 'urn:the-api';

const read = async (request: AsyncIterable<unknown>): Promise<URLSearchParams> => {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
};

/** An OpenID provider that answers whatever a test makes it answer, so that forgeries come by the real way. */
export async function startIssuer() {
  const pairs = new Map<string, Pair>();
  const published = new Set<string>();
  let tokenAnswer: (form: URLSearchParams) => Promise<Answer> = async () => ({ body: {} });
  let keysAreDown = false;
  let userInfo: unknown = {};
  const server: Server = createServer(async (request, response) => {
    const answer = await answerTo(request.url ?? '', await read(request));
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answerTo(path: string, form: URLSearchParams): Promise<Answer> {
    if (path === '/.well-known/openid-configuration') return { body: discovery };
    if (path === '/token') return tokenAnswer(form);
    if (path === '/userinfo') return { body: userInfo };
    if (path !== '/jwks' || keysAreDown) return { status: 503, body: {} };
    const keys = [...published].map(async (kid) => ({
      ...(await exportJWK(pairs.get(kid)!.publicKey)),
      kid,
    }));
    return { body: { keys: await Promise.all(keys) } };
  }
  const discovery = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/end`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    authorization_response_iss_parameter_supported: true,
  };

  async function addKey(kid: string, { publish = true } = {}): Promise<void> {
    pairs.set(kid, await generateKeyPair('RS256', { extractable: true }));
    if (publish) published.add(kid);
  }
  await addKey('first');

  return {
    issuer,
    addKey,
    publicKey: async () => exportJWK(pairs.get('first')!.publicKey),
    /** A JWT with these claims, signed with that key, naming `kid` in its header. */
    sign: (claims: JWTPayload, key = 'first', kid = key) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(pairs.get(key)!.privateKey),
    /** From now on the only key that is published: the others are withdrawn. */
    rotateTo: async (kid: string) => {
      published.clear();
      await addKey(kid);
    },
    answerUserInfo: (answer: unknown) => {
      userInfo = answer;
    },
    answerTokens: (answer: typeof tokenAnswer) => {
      tokenAnswer = answer;
    },
    takeKeysDown: (down: boolean) => {
      keysAreDown = down;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;

/** The deployment as the application sees it, with that issuer. */
export function oidcConfig(issuer: string) {
  return {
    issuer,
    timeout_ms: 10_000,
    client_id: CLIENT_ID,
    audience: AUDIENCE,
    scopes: 'openid email profile',
    role_claim: 'groups',
    role_map: { bosses: 'admin', callers: 'campaign_manager' } as const,
  };
}
