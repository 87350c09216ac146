import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { freePort } from '../../embedded/free-port.ts';

export const MAIN = path.join(import.meta.dirname, '../../app/main.ts');

/** The environment of a process of the application on this database; nothing else it names can be reached. */
export async function applicationEnv(database_url: string): Promise<Record<string, string>> {
  const key = () => randomBytes(32).toString('base64');
  return {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATABASE_URL: database_url,
    OIDC_ISSUER: 'http://localhost:9',
    OIDC_CLIENT_ID: 'x',
    OIDC_CLIENT_SECRET: 'x',
    OIDC_AUDIENCE: 'x',
    ENCRYPTION_KEY: key(),
    PHONE_HASH_KEY: key(),
    LOG_LEVEL: 'info',
  };
}
