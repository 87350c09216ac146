import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from '../../app/api/http/server.ts';
import { createContext } from '../../app/context.ts';
import { readConfig } from '../../app/infra/config/config.ts';
import { freePort } from '../../embedded/free-port.ts';
import { startIdentityProvider } from '../../embedded/identity-provider.ts';
import { accessToken } from '../../embedded/token.ts';
import { testDatabase } from './database.ts';

export type Account = 'admin' | 'manager' | 'viewer' | 'guest';

/** The real server on a database of its own and a free port, with a real identity provider beside it. */
export async function startApi(given: Record<string, string> = {}) {
  const database = await testDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-api-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const clientSecret = randomBytes(16).toString('hex');
  const issuer = await startIdentityProvider({
    port: await freePort(),
    dataDir,
    clientSecret,
    redirectUris: [`${origin}/api/auth/callback`],
    postLogoutRedirectUris: [origin],
    backchannelLogoutUri: `${origin}/api/auth/backchannel-logout`,
  });
  const key = () => randomBytes(32).toString('base64');
  const env: Record<string, string> = {
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: database.url,
    OIDC_ISSUER: issuer.issuer,
    OIDC_CLIENT_ID: 'voicesurveyagent',
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_AUDIENCE: 'urn:voicesurveyagent:api',
    ENCRYPTION_KEY: key(),
    PHONE_HASH_KEY: key(),
    LOG_LEVEL: 'silent',
    ...given,
  };
  const read = readConfig(env);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  const ctx = createContext(read.config);
  const server = await createServer(ctx);
  await server.listen({ host: '127.0.0.1', port });
  const tokens = new Map<Account, Promise<string>>();
  const token = (account: Account) => {
    if (!tokens.has(account)) tokens.set(account, accessToken(issuer.issuer, account));
    return tokens.get(account)!;
  };
  return {
    origin,
    /** The environment of this deployment, for further processes of it. */
    env,
    ctx,
    server,
    db: database.db,
    token,
    call: async (account: Account | null, method: string, url: string, body?: unknown) => {
      const headers: Record<string, string> = account
        ? { authorization: `Bearer ${await token(account)}` }
        : {};
      if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json';
      const payload = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
      return fetch(`${origin}${url}`, { method, headers, body: payload as never, redirect: 'manual' });
    },
    stop: async () => {
      await server.close();
      await ctx.close();
      await issuer.stop();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
export type TestApi = Awaited<ReturnType<typeof startApi>>;
