import { Kysely, PostgresDialect, type PostgresPoolClient, type Transaction } from 'kysely';
import pg from 'pg';
import { sha256Hex } from '../crypto/hash.ts';
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

const QUEUE_SETTINGS = [
  // What a crash forgets of leases and marks is only done again; they need not wait for the disk.
  'synchronous_commit=off',
  // A queue fills and empties faster than the planner's statistics follow. Read in the order of its index, and only so,
  // entries of rows that are gone are marked and skipped: after 30,000 events a look took 0.3 ms, by bitmap 6 ms.
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
];

/**
 * Opens a pool on `url` (libpq URL). All waits are bounded, so that no request hangs on a lock for ever:
 * a statement 30 s, a lock 10 s, an idle transaction 30 s. `isForQueues`: for leases and marks, nothing else.
 */
export function openDatabase(url: string, maxConnections = 10, { isForQueues = false } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    types,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 10_000,
    options: ['timezone=UTC', ...(isForQueues ? QUEUE_SETTINGS : [])].map((one) => `-c ${one}`).join(' '),
  });
  // An idle connection that dies (restart, failover) is the pool's to replace, not a reason to end the process.
  pool.on('error', () => {});
  // Nor is one that is checked out between two queries: its next query says so to whoever holds it.
  pool.on('connect', (client) => client.on('error', () => {}));
  if (isForQueues) pool.on('connect', keepPlans);
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

/**
 * Names every statement with parameters, so that the server plans it once a connection: of a look at a queue, planning was
 * the larger part. Only for connections that know few statements.
 */
function keepPlans(client: pg.PoolClient): void {
  type Query = (text: unknown, values?: unknown, ...rest: unknown[]) => Promise<pg.QueryResult>;
  const query = client.query.bind(client) as Query;
  const named: Query = (text, values, ...rest) =>
    typeof text === 'string' && Array.isArray(values) && values.length > 0
      ? query({ name: sha256Hex(text).slice(0, 32), text, values }, ...rest)
      : query(text, values, ...rest);
  client.query = named as typeof client.query;
}

/** Runs `work` in one transaction, or inside the caller's when it is one already. */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Tx) : db.transaction().execute(work);
}
