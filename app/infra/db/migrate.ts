import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

export const MIGRATIONS_DIR = path.join(import.meta.dirname, 'migrations');
// Any number does; two processes that migrate at once must agree on it.
const LOCK = 7_340_001;

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
 * One transaction a version, one process at a time. Throws when the database is newer than this program.
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

/** What is missing on the database and what it has that this program does not know; both empty = fit to run on. */
export async function migrationGap(pool: pg.Pool): Promise<{ missing: string[]; unknown: string[] }> {
  const known = await listMigrations();
  const exists = await pool.query("select to_regclass('schema_migration') is not null as yes");
  if (!exists.rows[0].yes) return { missing: known, unknown: [] };
  const { rows } = await pool.query<{ name: string }>('select name from schema_migration order by name');
  const applied = rows.map((row) => row.name);
  return {
    missing: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

async function appliedMigrations(client: pg.Client): Promise<string[]> {
  await client.query(
    'create table if not exists schema_migration (name text primary key, applied_at timestamptz not null default now())',
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
    await client.query(sql);
    await client.query(
      direction === 'up'
        ? 'insert into schema_migration (name) values ($1)'
        : 'delete from schema_migration where name = $1',
      [name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`Migration ${name} (${direction}) failed: ${(cause as Error).message}`, { cause });
  }
}
