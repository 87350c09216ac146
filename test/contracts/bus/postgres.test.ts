import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { postgresBus } from '../../../app/infra/messaging/postgres-bus.ts';
import { testDatabase } from '../../support/database.ts';
import { busContract } from './bus-contract.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
beforeAll(async () => {
  database = await testDatabase(20);
});
afterAll(() => database.close());

busContract('the bus on PostgreSQL', {
  keepsOrder: true,
  countsDead: true,
  open: async () => {
    const { db, pool } = database;
    const topic = randomUUID();
    const make = () =>
      postgresBus({
        db,
        pool,
        topic,
        now: () => new Date(),
        log: { error: () => {} },
        visibility_seconds: 1,
        batch: 50,
      });
    return { bus: make(), another: make(), close: async () => {} };
  },
});
