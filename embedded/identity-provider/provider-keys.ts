import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { JWK } from 'oidc-provider';
import { persisted } from '../persisted.ts';

/** What the provider signs with. */
export type ProviderKeys = { jwks: { keys: JWK[] }; cookies: string[] };

/** The keys in the folder, made on the first start: tokens and sign-ins outlive a restart. */
export function providerKeys(dataDir: string): Promise<ProviderKeys> {
  return persisted(join(dataDir, 'keys.json'), () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signing = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
    return { jwks: { keys: [signing as JWK] }, cookies: [randomBytes(32).toString('base64url')] };
  });
}
