import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { onServer } from '../support/database-server.ts';

/** An empty database of the caller's own, with nothing migrated; `drop` takes it away. */
export async function freshDatabase() {
  const server = inject('postgresUrl');
  const name = `migrations_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name}`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  return {
    url,
    query: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query<Row>(text, values)).rows;
      } finally {
        await client.end();
      }
    },
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  };
}
export type FreshDatabase = Awaited<ReturnType<typeof freshDatabase>>;
