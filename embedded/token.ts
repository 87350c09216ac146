import { resolve } from 'node:path';
import { fetchToken } from './fetch-token.ts';
import { PEOPLE } from './identity-provider/accounts.ts';
import { findServices } from './stack/services.ts';

const ACCOUNTS = new Map(PEOPLE.map(({ email }) => [email.replace(/@.*/, ''), email]));

/** A JWT access token for the API as one of the embedded accounts: `admin`, `manager`, `viewer`. */
export async function accessToken(issuer: string, account: string): Promise<string> {
  const email = ACCOUNTS.get(account);
  if (!email)
    throw new Error(`There is no account ${account}; there are ${[...ACCOUNTS.keys()].join(', ')}.`);
  return fetchToken(issuer, email);
}

/** `npm run token -- admin`: the token alone on standard output. Answers the exit code. */
async function main(account = ''): Promise<number> {
  if (!ACCOUNTS.has(account)) {
    process.stderr.write('usage: npm run token -- admin|manager|viewer\n');
    return 2;
  }
  const dataDir = resolve(process.env.DATA_DIR || '.data');
  const services = findServices(dataDir);
  if (!services) {
    process.stderr.write(`Nothing runs on ${dataDir}. Start it first: npm start\n`);
    return 1;
  }
  try {
    process.stdout.write(`${await accessToken(services.issuer, account)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`No token from ${services.issuer}: ${(error as Error).message}\n`);
    process.stderr.write('Does it still run? Start it with: npm start\n');
    return 1;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv[2]);
