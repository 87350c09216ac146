import { type Config, readConfig } from './config.ts';
import { withKeysFromElsewhere } from './keys-from-elsewhere.ts';

/** The configuration of this process from its environment; a wrong value ends the process with a line per fault. */
export async function configFromEnvironment(): Promise<Config> {
  const { env, faults } = await withKeysFromElsewhere(process.env);
  const read = faults.length > 0 ? { faults } : readConfig(env);
  if ('config' in read) return read.config;
  for (const fault of read.faults) process.stderr.write(`configuration: ${fault}\n`);
  process.exit(1);
}
