import { writeFile } from 'node:fs/promises';
import { createServer } from '../app/api/http/server.ts';
import { createContext } from '../app/context.ts';
import { readConfig } from '../app/infra/config/config.ts';

// `node scripts/write-openapi.ts FILE` writes the API's description; it needs no database, only the declared routes.
const key = Buffer.alloc(32, 'description').toString('base64');
const read = readConfig({
  DATABASE_URL: 'postgres://localhost/nowhere',
  OIDC_ISSUER: 'http://localhost',
  OIDC_CLIENT_ID: 'description',
  OIDC_CLIENT_SECRET: 'description',
  OIDC_AUDIENCE: 'description',
  ENCRYPTION_KEY: key,
  PHONE_HASH_KEY: key,
  LOG_LEVEL: 'silent',
});
if ('faults' in read) throw new Error(read.faults.join('\n'));

const ctx = createContext(read.config);
const server = await createServer(ctx);
await server.ready();
await writeFile(process.argv[2] ?? 'openapi.json', `${JSON.stringify(server.swagger(), null, 2)}\n`);
await server.close();
await ctx.close();
