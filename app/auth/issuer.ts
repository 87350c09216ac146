import { createRemoteJWKSet } from 'jose';
import * as oidc from 'openid-client';
import { AppError } from '../errors.ts';
import type { Config } from '../infra/config/config.ts';

export type Issuer = { configuration: oidc.Configuration; keys: ReturnType<typeof createRemoteJWKSet> };

/** What the sign-in needs to know of the deployment. */
export type OidcConfig = Config['oidc'];

// A token with an unknown key asks for the keys again, at most this often: a stranger can make up key names.
const KEYS_COOLDOWN_MS = 1_000;

const known = new Map<string, Promise<Issuer>>();

/**
 * Discovers the issuer at first use, so that the application starts while it is down; a failed discovery is asked again.
 * Plain http is for development: in production the configuration refuses it.
 */
export function findIssuer(config: OidcConfig): Promise<Issuer> {
  const key = `${config.issuer} ${config.client_id}`;
  const found = known.get(key);
  if (found) return found;
  const discovered = discover(config);
  known.set(key, discovered);
  discovered.catch(() => known.delete(key));
  return discovered;
}

/** The issuer for a request that cannot go on without it; `server.unavailable` while it is down. */
export function requireIssuer(config: OidcConfig): Promise<Issuer> {
  return findIssuer(config).catch((cause) => {
    throw new AppError('server.unavailable', 'The identity provider cannot be reached now.', { cause });
  });
}

async function discover(config: OidcConfig): Promise<Issuer> {
  const url = new URL(config.issuer);
  const isPlain = url.protocol === 'http:';
  const configuration = await oidc.discovery(
    url,
    config.client_id,
    undefined,
    oidc.ClientSecretBasic(config.client_secret.reveal()),
    { timeout: config.timeout_ms / 1_000, execute: isPlain ? [oidc.allowInsecureRequests] : [] },
  );
  const { jwks_uri } = configuration.serverMetadata();
  if (!jwks_uri) throw new Error('the issuer publishes no keys');
  if (!isPlain && !jwks_uri.startsWith('https:'))
    throw new Error('the issuer publishes its keys in the clear');
  const options = { timeoutDuration: config.timeout_ms, cooldownDuration: KEYS_COOLDOWN_MS };
  return { configuration, keys: createRemoteJWKSet(new URL(jwks_uri), options) };
}
