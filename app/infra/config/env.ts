import type { Config } from './config.ts';
import { gatherSettings } from './gather-settings.ts';
import { withKeysFromKms } from './keys-from-kms.ts';
import { goThroughProxy } from './proxy.ts';

/**
 * The configuration of this process from its environment, files and secrets, with the proxy in use from then on. A wrong
 * value ends the process with a line per fault.
 */
export async function configFromEnvironment(): Promise<Config> {
  const gathered = await readEnvironment();
  if ('faults' in gathered) {
    for (const fault of gathered.faults) process.stderr.write(`configuration: ${fault}\n`);
    process.exit(1);
  }
  goThroughProxy(gathered.config.proxy);
  return gathered.config;
}

/** The same, with the faults as values. */
export async function readEnvironment(): Promise<{ config: Config } | { faults: string[] }> {
  const { env, faults } = await withKeysFromKms(process.env);
  if (faults.length > 0) return { faults };
  return gatherSettings(env, async (outside, id) => {
    const restore = goThroughProxy(outside.proxy);
    try {
      // Who uses no secrets does not carry the SDK.
      const { readSecret } = await import('./secrets-manager.ts');
      return await readSecret(outside, id);
    } finally {
      restore();
    }
  });
}
