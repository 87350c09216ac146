import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { awsClientOptions } from '../config/aws-client.ts';
import type { Config } from '../config/config.ts';

/**
 * Has AWS KMS decrypt a key that it encrypted (base64 in, base64 out). The credentials are the SDK's own environment; KMS
 * knows by the ciphertext which of its keys it is.
 */
export async function decryptByKms(aws: Config['aws'], ciphertext: string): Promise<string> {
  const client = new KMSClient(awsClientOptions(aws, 'kms'));
  try {
    const blob = Buffer.from(ciphertext, 'base64');
    const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob: blob }));
    if (!Plaintext) throw new Error('KMS gave no key');
    return Buffer.from(Plaintext).toString('base64');
  } finally {
    client.destroy();
  }
}
