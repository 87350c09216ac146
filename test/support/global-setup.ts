import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../app/infra/db/migrate.ts';
import { onServer } from './database-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
    templateName: string;
  }
}

let stop = async () => {};

/** One PostgreSQL for the whole run, with a migrated template that every test file clones. */
export async function setup(project: TestProject) {
  const server = await startServer();
  const templateName = `template_${randomUUID().replaceAll('-', '')}`;
  await onServer(server.url, `create database ${templateName}`);
  const url = new URL(server.url);
  url.pathname = `/${templateName}`;
  await migrate(url.href);
  project.provide('postgresUrl', server.url);
  project.provide('templateName', templateName);
  stop = async () => {
    await onServer(server.url, `drop database if exists ${templateName} with (force)`);
    await server.stop();
  };
}

/** Ends what setup began. */
export async function teardown() {
  await stop();
}

/** TEST_POSTGRES_URL names a server to use; else an embedded one that lives as long as the run. */
async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) return { url: given, stop: async () => {} };
  const { startPostgres } = await import('../../embedded/postgres.ts');
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-test-'));
  const started = await startPostgres({ dataDir, password: randomUUID(), fast: true });
  return {
    url: started.url,
    stop: async () => {
      await started.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
