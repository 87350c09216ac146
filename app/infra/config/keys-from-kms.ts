import type { Config } from './config.ts';
import { outsideIn } from './gather-settings.ts';
import { goThroughProxy } from './proxy.ts';

type Environment = Record<string, string | undefined>;

const KEYS = ['ENCRYPTION_KEY', 'ENCRYPTION_KEY_PREVIOUS', 'PHONE_HASH_KEY'];

/**
 * The environment with the keys put in that AWS KMS encrypted: `NAME_KMS` is one in base64, or several between commas. A
 * key that cannot be had is a fault, by name and without its value.
 */
export async function withKeysFromKms(env: Environment): Promise<{ env: Environment; faults: string[] }> {
  const found = { ...env };
  const faults: string[] = [];
  for (const name of KEYS) {
    const kms = env[`${name}_KMS`];
    if (!kms) continue;
    if (env[name] || env[`${name}_FILE`]) {
      faults.push(`${name}_KMS: is set beside ${name}; only one of them may be`);
      continue;
    }
    try {
      const outside = outsideIn(env);
      if (outside !== null) found[name] = await decrypted(kms, outside);
    } catch (error) {
      const { code, name: kind } = error as { code?: string; name?: string };
      faults.push(`${name}_KMS: cannot be read (${code ?? kind})`);
    }
  }
  return { env: found, faults };
}

// Who does not use KMS does not carry its SDK.
async function decrypted(
  ciphertexts: string,
  { aws, proxy }: Pick<Config, 'aws' | 'proxy'>,
): Promise<string> {
  const { decryptByKms } = await import('../crypto/kms.ts');
  const restore = goThroughProxy(proxy);
  try {
    const keys = await Promise.all(ciphertexts.split(',').map((one) => decryptByKms(aws, one.trim())));
    return keys.join(',');
  } finally {
    restore();
  }
}
