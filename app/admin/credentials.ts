import { openText, sealText } from '../infra/crypto/encryption.ts';

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
export type SealedCredentials = Partial<Record<CredentialName, { sealed: string; last_four: string }>>;

const purposeOf = (name: CredentialName) => `provider_config/credentials/${name}`;

/** Encrypts a secret for its place; a ciphertext copied to another name does not open. */
export function sealCredential(key: Buffer, name: CredentialName, value: string) {
  // Of a short secret, four characters would be too much of it.
  const last_four = value.length >= 8 ? value.slice(-4) : '';
  return { sealed: sealText(key, purposeOf(name), value), last_four };
}

/** The secrets in the clear, for an adapter; throws when the key is not the one they were sealed with. */
export function openCredentials(
  key: Buffer,
  stored: SealedCredentials,
): Partial<Record<CredentialName, string>> {
  return Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [
      name,
      openText(key, purposeOf(name as CredentialName), value.sealed),
    ]),
  );
}

/** What may be read back of a secret. */
export function credentialView(stored: SealedCredentials, name: CredentialName) {
  const value = stored[name];
  return { configured: value !== undefined, last_four: value?.last_four ?? null };
}
