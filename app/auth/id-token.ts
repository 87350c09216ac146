import { type EncryptionKey, openText, sealText } from '../infra/crypto/encryption.ts';

/** Seals a session's ID token, which ends the provider's own session later; it opens in that row only. */
export function sealIdToken(key: EncryptionKey, session_id: string, id_token: string): string {
  return sealText(key, `session/${session_id}/id_token`, id_token);
}

/** Opens what `sealIdToken` made, or what was sealed before tokens were bound to their row. */
export function openIdToken(key: EncryptionKey, session_id: string, sealed: string): string {
  const place = sealed.startsWith('v1.') ? 'session/id_token' : `session/${session_id}/id_token`;
  return openText(key, place, sealed);
}
