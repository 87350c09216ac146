import { type EncryptionKey, keyVersion, openText, sealText } from '../infra/crypto/encryption.ts';

/** Of the telephony account: a second token while one is exchanged, and a key for requests in place of the token. */
export const TELEPHONY_CREDENTIALS = [
  'account_sid',
  'auth_token',
  'auth_token_secondary',
  'api_key_sid',
  'api_key_secret',
] as const;

/** The names of the secrets that the settings hold. */
export type CredentialName = (typeof TELEPHONY_CREDENTIALS)[number] | 'api_key' | 'smtp_password';

/** As stored: each value encrypted on its own, with its last four characters to tell which one it is. */
type Sealed = { sealed: string; last_four: string };
export type SealedCredentials = Partial<Record<CredentialName, Sealed>>;

// Table, row and column; what was sealed in the first format knew no row.
const placeOf = (name: CredentialName, sealed = '') =>
  sealed.startsWith('v1.') ? `provider_config/credentials/${name}` : `provider_config/1/credentials/${name}`;

/** Encrypts a secret for its place; a ciphertext copied to another name does not open. */
export function sealCredential(key: EncryptionKey, name: CredentialName, value: string) {
  // Of a short secret, four characters would be too much of it.
  const last_four = value.length >= 8 ? value.slice(-4) : '';
  return { sealed: sealText(key, placeOf(name), value), last_four };
}

/** The secrets in the clear, for an adapter; throws when the key is not the one they were sealed with. */
export function openCredentials(
  key: EncryptionKey,
  stored: SealedCredentials,
): Partial<Record<CredentialName, string>> {
  return Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [
      name,
      openText(key, placeOf(name as CredentialName, value.sealed), value.sealed),
    ]),
  );
}

/** What may be read back of a secret. */
export function credentialView(stored: SealedCredentials, name: CredentialName) {
  const value = stored[name];
  return { configured: value !== undefined, last_four: value?.last_four ?? null };
}

/** The same secrets, all sealed with the present key; `resealed` is how many were not. */
export function resealCredentials(
  key: EncryptionKey,
  stored: SealedCredentials,
): { stored: SealedCredentials; resealed: number } {
  const anew = { ...stored };
  let resealed = 0;
  for (const [name, { sealed, last_four }] of Object.entries(stored) as [CredentialName, Sealed][]) {
    if (sealed.startsWith(`v2.${keyVersion(key)}.`)) continue;
    const value = openText(key, placeOf(name, sealed), sealed);
    anew[name] = { sealed: sealText(key, placeOf(name), value), last_four };
    resealed += 1;
  }
  return { stored: anew, resealed };
}
