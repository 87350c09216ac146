import { readFile } from 'node:fs/promises';

type Environment = Record<string, string | undefined>;

const KEYS = ['ENCRYPTION_KEY', 'ENCRYPTION_KEY_PREVIOUS', 'PHONE_HASH_KEY'];

/**
 * The environment with the keys that lie elsewhere put in: `NAME_FILE` names a file that holds one, `NAME_KMS` is one that
 * AWS KMS encrypted (base64). A key that cannot be had is a fault, by name and without its value.
 */
export async function withKeysFromElsewhere(
  env: Environment,
): Promise<{ env: Environment; faults: string[] }> {
  const found = { ...env };
  const faults: string[] = [];
  for (const name of KEYS) {
    const [file, kms] = [env[`${name}_FILE`], env[`${name}_KMS`]];
    const given = [env[name], file, kms].filter(Boolean).length;
    if (given > 1) faults.push(`${name}: is set in more than one way`);
    if (given !== 1 || env[name]) continue;
    try {
      found[name] = file ? (await readFile(file, 'utf8')).trim() : await decrypted(kms!);
    } catch (error) {
      const { code, name: kind } = error as { code?: string; name?: string };
      faults.push(`${name}_${file ? 'FILE' : 'KMS'}: cannot be read (${code ?? kind})`);
    }
  }
  return { env: found, faults };
}

// Who does not use KMS does not carry its SDK.
async function decrypted(ciphertexts: string): Promise<string> {
  const { decryptByKms } = await import('../crypto/kms.ts');
  const keys = await Promise.all(ciphertexts.split(',').map((one) => decryptByKms(one.trim())));
  return keys.join(',');
}
