import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { Bus } from '../infra/messaging/bus.ts';
import { busDead, busWaiting, outboxOldest, outboxWaiting } from '../infra/observability/metrics.ts';

/** Writes into the metrics how much waits, and how long the oldest has waited: in the outbox and on the bus. */
export async function measureQueues({ db, bus, now }: { db: Db; bus: Bus; now(): Date }): Promise<void> {
  const { rows } = await sql<{ waiting: number; oldest: Date | null }>`
    select count(*) as waiting, min(created_at) as oldest from event where published_at is null`.execute(db);
  const { waiting = 0, oldest = null } = rows[0] ?? {};
  outboxWaiting.set(waiting);
  outboxOldest.set(oldest ? Math.max(0, now().getTime() - oldest.getTime()) / 1_000 : 0);
  const onBus = await bus.depth();
  busWaiting.set(onBus.waiting);
  if (onBus.dead !== null) busDead.set(onBus.dead);
}
