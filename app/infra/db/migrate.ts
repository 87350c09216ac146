import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

export const MIGRATIONS_DIR = path.join(import.meta.dirname, 'migrations');
// Any number does; two processes that migrate at once must agree on it.
const LOCK = 7_340_001;
const LOCK_TIMEOUT_SECONDS = 15;
/** The first line of a migration that takes something away which the version before still uses. */
export const CONTRACTS = /^-- contract\b/;

type Direction = 'up' | 'down';

/** The versions in the folder, in order: `0001-foundation`. */
export async function listMigrations(): Promise<string[]> {
  const files = await readdir(MIGRATIONS_DIR);
  return files
    .filter((file) => file.endsWith('.up.sql'))
    .map((file) => file.slice(0, -'.up.sql'.length))
    .sort();
}

/**
 * Brings the database to the newest version (`up`) or takes the newest `steps` away (`down`); answers what it did.
 * One transaction a version, one process at a time: a second one waits, and then finds nothing to do. Throws when the database is newer than this program.
 */
export async function migrate(url: string, direction: Direction = 'up', steps = 1): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const applied = await appliedMigrations(client);
    const known = await listMigrations();
    refuseNewer(applied, known);
    const todo =
      direction === 'up'
        ? known.filter((name) => !applied.includes(name))
        : applied.reverse().slice(0, steps);
    for (const name of todo) await apply(client, name, direction);
    return todo;
  } finally {
    await client.end();
  }
}

type Gap = { missing: string[]; unknown: string[]; newer: string[] };

/**
 * What is `missing` on the database, what it has that this program does not know, and which of these make it `newer`:
 * all but those that a later version recorded as expansions, which this one can work beside during a roll-out.
 */
export async function migrationGap(pool: pg.Pool): Promise<Gap> {
  const known = await listMigrations();
  const exists = await pool.query("select to_regclass('schema_migration') is not null as yes");
  if (!exists.rows[0].yes) return { missing: known, unknown: [], newer: [] };
  // As JSON: a table from before the column was added has no `expands`, and then nothing is known to be one.
  const { rows } = await pool.query<{ name: string; expands: boolean }>(
    `select name, coalesce((to_jsonb(m) ->> 'expands')::boolean, false) as expands
     from schema_migration m order by name`,
  );
  const applied = rows.map((row) => row.name);
  const unknown = rows.filter(({ name }) => !known.includes(name));
  return {
    missing: known.filter((name) => !applied.includes(name)),
    unknown: unknown.map(({ name }) => name),
    newer: unknown.filter(({ expands }) => !expands).map(({ name }) => name),
  };
}

async function appliedMigrations(client: pg.Client): Promise<string[]> {
  await client.query(
    'create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())',
  );
  // In a program that does not know a version, this says whether it can run beside it.
  await client.query(
    'alter table schema_migration add column if not exists expands boolean not null default false',
  );
  const { rows } = await client.query<{ name: string }>('select name from schema_migration order by name');
  return rows.map((row) => row.name);
}

function refuseNewer(applied: string[], known: string[]): void {
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`The database has migrations that this version does not know: ${unknown.join(', ')}`);
  }
}

async function apply(client: pg.Client, name: string, direction: Direction): Promise<void> {
  const sql = await readFile(path.join(MIGRATIONS_DIR, `${name}.${direction}.sql`), 'utf8');
  await client.query('begin');
  try {
    // Whoever waits for a table makes everybody after them wait: better to fail, and to be run again.
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT_SECONDS}s'`);
    await client.query(sql);
    if (direction === 'up') {
      const values = [name, !CONTRACTS.test(sql)];
      await client.query('insert into schema_migration (name, expands) values ($1, $2)', values);
    } else await client.query('delete from schema_migration where name = $1', [name]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`Migration ${name} (${direction}) failed: ${(cause as Error).message}`, { cause });
  }
}
