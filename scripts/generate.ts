import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrate } from '../app/infra/db/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { dumpSchema } from './dump-schema.ts';
import { withSettings } from './settings-table.ts';

// Everything in the tree that a program writes: `npm run generate`, or with --check only says what is stale.
const ROOT = path.join(import.meta.dirname, '..');
const run = promisify(execFile);
const bin = (name: string) => path.join(ROOT, 'node_modules/.bin', name);

type Generated = { file: string; write(target: string): Promise<void> };

async function generateTables(url: string, target: string): Promise<void> {
  await run(bin('kysely-codegen'), [
    ...['--dialect', 'postgres', '--url', url, '--numeric-parser', 'number'],
    ...['--exclude-pattern', 'schema_migration', '--type-mapping', '{"int8":"number"}'],
    ...['--out-file', target],
  ]);
}

async function writeSchema(url: string, target: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await writeFile(target, await dumpSchema(client));
  } finally {
    await client.end();
  }
}

function generatedFiles(url: string, scratch: string): Generated[] {
  const openapi = path.join(scratch, 'openapi.json');
  return [
    { file: 'app/infra/db/tables.ts', write: (target) => generateTables(url, target) },
    { file: 'app/infra/db/schema.sql', write: (target) => writeSchema(url, target) },
    {
      file: 'openapi.json',
      write: async (target) => {
        await run(process.execPath, [path.join(ROOT, 'scripts/write-openapi.ts'), openapi]);
        await writeFile(target, await readFile(openapi));
      },
    },
    {
      file: 'docs/configuration.md',
      write: async (target) => {
        await writeFile(
          target,
          withSettings(await readFile(path.join(ROOT, 'docs/configuration.md'), 'utf8')),
        );
      },
    },
    {
      file: 'web/lib/api/schema.gen.ts',
      write: async (target) => {
        await run(bin('openapi-typescript'), [openapi, '-o', target]);
      },
    },
  ];
}

async function main(): Promise<void> {
  const isCheck = process.argv.includes('--check');
  const scratch = await mkdtemp(path.join(tmpdir(), 'vsa-generate-'));
  const postgres = await startPostgres({
    dataDir: path.join(scratch, 'db'),
    password: randomUUID(),
    fast: true,
  });
  const stale: string[] = [];
  try {
    await migrate(postgres.url);
    for (const { file, write } of generatedFiles(postgres.url, scratch)) {
      const fresh = path.join(scratch, path.basename(file));
      await write(fresh);
      const target = path.join(ROOT, file);
      const before = await readFile(target, 'utf8').catch(() => null);
      const after = await readFile(fresh, 'utf8');
      if (before === after) continue;
      stale.push(file);
      if (!isCheck) await writeFile(target, after);
    }
  } finally {
    await postgres.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  if (stale.length === 0) process.stdout.write('Generated files are fresh.\n');
  else process.stdout.write(`${isCheck ? 'Stale' : 'Written'}: ${stale.join(', ')}\n`);
  if (isCheck && stale.length > 0) process.exitCode = 1;
}

await main();
