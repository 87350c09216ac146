import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClientOptions } from './aws-client.ts';
import type { Config } from './config.ts';

/** The text of one secret, by its name or ARN. Throws what the service or the connection says. */
export async function readSecret({ aws }: Pick<Config, 'aws'>, id: string): Promise<string> {
  const client = new SecretsManagerClient(awsClientOptions(aws, 'secrets_manager'));
  try {
    const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return SecretString ?? Buffer.from(SecretBinary ?? []).toString('utf8');
  } finally {
    client.destroy();
  }
}
