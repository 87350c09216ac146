import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readJson, writeJson } from '../persisted.ts';

/** What the servers and the application share; made once for a data folder and never shown. */
export type Secrets = {
  database_password: string;
  client_secret: string;
  account_sid: string;
  auth_token: string;
  encryption_key: string;
  phone_hash_key: string;
};

/** The secrets of the data folder; whatever is missing is made and kept, readable by the owner only. */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  const fresh: Secrets = {
    database_password: hex(16),
    client_secret: hex(32),
    account_sid: `AC${hex(16)}`,
    auth_token: hex(16),
    encryption_key: randomBytes(32).toString('base64'),
    phone_hash_key: randomBytes(32).toString('base64'),
  };
  const secrets = { ...fresh, ...readJson<Partial<Secrets>>(path) };
  writeJson(path, secrets);
  return secrets;
}
