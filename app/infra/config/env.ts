import { type Config, readConfig } from './config.ts';

/** The configuration of this process from its environment; a wrong value ends the process with a line per fault. */
export function configFromEnvironment(): Config {
  const read = readConfig(process.env);
  if ('config' in read) return read.config;
  for (const fault of read.faults) process.stderr.write(`configuration: ${fault}\n`);
  process.exit(1);
}
