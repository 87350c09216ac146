import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';

/**
 * Has AWS KMS decrypt a key that it encrypted (base64 in, base64 out). Region, credentials and endpoint are the SDK's
 * own environment; KMS knows by the ciphertext which of its keys it is.
 */
export async function decryptByKms(ciphertext: string): Promise<string> {
  const client = new KMSClient({ maxAttempts: 3 });
  try {
    const blob = Buffer.from(ciphertext, 'base64');
    const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob: blob }));
    if (!Plaintext) throw new Error('KMS gave no key');
    return Buffer.from(Plaintext).toString('base64');
  } finally {
    client.destroy();
  }
}
