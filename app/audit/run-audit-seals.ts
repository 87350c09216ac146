import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../infra/db/database.ts';
import type { Logger } from '../infra/observability/log.ts';
import { sealAudit } from './seal-audit.ts';

const EVERY_MS = 60_000;
// A process that has just started has calls to look after first.
const FIRST_AFTER_MS = 5_000;

type Ctx = { db: Db; log: Pick<Logger, 'info' | 'error'>; now(): Date; auditSealKey: Buffer };

/** Signs the end of the audit log every minute, until the signal; the head also goes to the logs, out of reach. */
export async function runAuditSeals(ctx: Ctx, signal: AbortSignal): Promise<void> {
  await delay(FIRST_AFTER_MS, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    try {
      const head = await sealAudit(ctx.db, { sealKey: ctx.auditSealKey, now: ctx.now() });
      if (head !== null) ctx.log.info({ audit_head: head }, 'the audit log is sealed');
    } catch (error) {
      ctx.log.error({ err: error }, 'the audit log could not be sealed');
    }
    await delay(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
