import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { openDatabase } from '../../app/infra/db/database.ts';
import { onServer } from './database-server.ts';

/** A database of the caller's own, cloned from the migrated template; close() drops it. */
export async function testDatabase(maxConnections = 10) {
  const server = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name} template ${inject('templateName')}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const opened = openDatabase(url.href, maxConnections);
  return {
    url: url.href,
    db: opened.db,
    pool: opened.pool,
    close: async () => {
      await opened.close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}
