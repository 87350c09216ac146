import { Kysely, PostgresDialect, type PostgresPoolClient, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from './tables.ts';

/** What a verb takes as its first argument: the pool, or a transaction of its caller. */
export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

export type Database = { db: Db; pool: pg.Pool; close(): Promise<void> };

// bigint and numeric arrive as strings by default; ours are counts and rates, far below 2^53.
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.NUMERIC, Number],
]);
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig;

/**
 * Opens a pool on `url` (libpq URL). All waits are bounded, so that no request hangs on a lock for ever:
 * a statement 30 s, a lock 10 s, an idle transaction 30 s.
 */
export function openDatabase(url: string, maxConnections = 10): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    types,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
    options: '-c timezone=UTC',
  });
  // An idle connection that dies (restart, failover) is the pool's to replace, not a reason to end the process.
  pool.on('error', () => {});
  // Nor is one that is checked out between two queries: its next query says so to whoever holds it.
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/**
 * One transaction together with the connection it runs on, for COPY, which only the driver speaks. A connection on which
 * something broke is closed, not given back: a COPY may still be open on it.
 */
export async function transactionOnClient<T>(
  pool: pg.Pool,
  work: (tx: Tx, client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const lent = { query: client.query.bind(client), release: () => {} } as unknown as PostgresPoolClient;
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { options: {}, connect: async () => lent, end: async () => {} } }),
  });
  try {
    const result = await db.transaction().execute((tx) => work(tx, client));
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Runs `work` in one transaction, or inside the caller's when it is one already. */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Tx) : db.transaction().execute(work);
}
