import { createRemoteJWKSet } from 'jose';
import * as oidc from 'openid-client';
import type { Config } from '../infra/config/config.ts';

export type Issuer = { configuration: oidc.Configuration; keys: ReturnType<typeof createRemoteJWKSet> };

/** What the sign-in needs to know of the deployment. */
export type OidcConfig = Config['oidc'];

const known = new Map<string, Promise<Issuer>>();

/**
 * Discovers the issuer at first use, so that the application starts while it is down; a failed discovery is asked again.
 * Plain http is for a loopback issuer only (in production the configuration refuses it).
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

async function discover(config: OidcConfig): Promise<Issuer> {
  const url = new URL(config.issuer);
  const configuration = await oidc.discovery(
    url,
    config.client_id,
    undefined,
    oidc.ClientSecretBasic(config.client_secret.reveal()),
    {
      timeout: 10,
      ...(url.protocol === 'http:' ? { execute: [oidc.allowInsecureRequests] } : {}),
    },
  );
  const { jwks_uri } = configuration.serverMetadata();
  if (!jwks_uri) throw new Error('the issuer publishes no keys');
  return { configuration, keys: createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: 5_000 }) };
}
