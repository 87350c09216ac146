import { openText, sealText } from '../../infra/crypto/encryption.ts';

/** As stored: encrypted for its webhook alone, with its last four characters to tell which one it is. */
export type SealedSecret = { sealed: string; last_four: string };

const purposeOf = (webhook_id: string) => `webhook/${webhook_id}/secret`;

export function sealWebhookSecret(key: Buffer, webhook_id: string, secret: string): SealedSecret {
  return { sealed: sealText(key, purposeOf(webhook_id), secret), last_four: secret.slice(-4) };
}

/** The secret in the clear, to sign with; throws when it was sealed with another key or for another webhook. */
export function openWebhookSecret(key: Buffer, webhook_id: string, { sealed }: SealedSecret): string {
  return openText(key, purposeOf(webhook_id), sealed);
}
