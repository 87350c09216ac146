import { createRemoteJWKSet } from 'jose';
import * as oidc from 'openid-client';
import { AppError } from '../errors.ts';
import type { Config } from '../infra/config/config.ts';

type Issuer = { configuration: oidc.Configuration; keys: ReturnType<typeof createRemoteJWKSet> };

/** What the sign-in needs to know of the deployment. */
export type OidcConfig = Config['oidc'];

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
  const configuration = await oidc.discovery(
    url,
    config.client_id,
    undefined,
    oidc.ClientSecretBasic(config.client_secret.reveal()),
    {
      timeout: 10,
      // OpenID Connect Core 3.1.3.7 lets TLS stand for the ID token's signature. We check it all the same.
      execute: [
        oidc.enableNonRepudiationChecks,
        ...(url.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
      ],
    },
  );
  const { jwks_uri } = configuration.serverMetadata();
  if (!jwks_uri) throw new Error('the issuer publishes no keys');
  return { configuration, keys: createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: 5_000 }) };
}
