import { readFile } from 'node:fs/promises';
import { type Config, outsideOf, readConfig } from './config.ts';
import { OUTSIDE, SETTINGS } from './settings.ts';

type Environment = Record<string, string | undefined>;
type ReadSecret = (outside: Pick<Config, 'aws' | 'proxy'>, id: string) => Promise<string>;
type Gathered = { config: Config } | { faults: string[] };

const NAMES = Object.keys(SETTINGS.shape);

/**
 * The configuration from three sources: a variable itself; else the file that VARIABLE_FILE names; else a secret of
 * Secrets Manager (where the secrets are cannot itself be in one). A source that cannot be read is a fault like a wrong value: a line that names it.
 */
export async function gatherSettings(env: Environment, readSecret: ReadSecret): Promise<Gathered> {
  const { values, faults } = await withFiles(withSmallNames(env));
  if (faults.length > 0) return { faults };
  const secrets = await fromSecrets(values, readSecret);
  if ('faults' in secrets) return secrets;
  return readConfig({ ...secrets.values, ...values });
}

/** Where outside servers are; null where that is wrong itself: the whole check will say so, beside everything else. */
export function outsideIn(env: Environment): Pick<Config, 'aws' | 'proxy'> | null {
  const outside = OUTSIDE.safeParse(withSmallNames(env));
  return outside.success ? outsideOf(outside.data) : null;
}

// Other programs know the proxy by these names.
function withSmallNames(env: Environment): Environment {
  const { https_proxy, http_proxy, no_proxy } = env;
  const known = { HTTPS_PROXY: https_proxy, HTTP_PROXY: http_proxy, NO_PROXY: no_proxy };
  return { ...known, ...given(env) };
}

function given(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
}

async function withFiles(env: Environment): Promise<{ values: Environment; faults: string[] }> {
  const values: Environment = given(env);
  const faults: string[] = [];
  for (const name of NAMES) {
    const file = values[`${name}_FILE`];
    if (file === undefined) continue;
    if (values[name] !== undefined) {
      faults.push(`${name}_FILE: is set beside ${name}; only one of them may be`);
      continue;
    }
    try {
      // Editors and `kubectl create secret` leave a line end that is no part of the value.
      values[name] = (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
      if (values[name] === '') faults.push(`${name}_FILE: the file is empty`);
    } catch (error) {
      faults.push(`${name}_FILE: cannot be read (${(error as NodeJS.ErrnoException).code})`);
    }
  }
  return { values, faults };
}

async function fromSecrets(
  values: Environment,
  readSecret: ReadSecret,
): Promise<{ values: Environment } | { faults: string[] }> {
  const outside = outsideIn(values);
  if (outside === null) return { values: {} };
  const { aws, proxy } = outside;
  const found: Environment = {};
  const faults: string[] = [];
  for (const id of aws.secrets) {
    try {
      Object.assign(found, settingsIn(await readSecret({ aws, proxy }, id)));
    } catch (error) {
      const why = error instanceof NotSettings ? error.message : (error as Error).name;
      faults.push(`AWS_SECRETS: ${id} cannot be read (${why})`);
    }
  }
  return faults.length > 0 ? { faults } : { values: found };
}

class NotSettings extends Error {}

// Names that this version does not know are for another one, which shares the secret during a roll-out.
function settingsIn(text: string): Environment {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new NotSettings('it is no JSON object');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new NotSettings('it is no JSON object');
  }
  const known = Object.entries(content).filter(([name]) => NAMES.includes(name));
  if (known.some(([, value]) => typeof value === 'object')) throw new NotSettings('a value is no text');
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}
