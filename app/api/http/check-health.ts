import type { Context } from '../../context.ts';
import { migrationGap } from '../../infra/db/migrate.ts';

export type Check = { ok: boolean; detail?: string };
export type Health = { status: 'ok' | 'degraded' | 'unavailable'; checks: Record<string, Check> };

// A probe that hangs is a failed probe.
const PROBE_MS = 1_000;
const draining = new WeakSet<Context>();

/** From now on this process takes no new work; readiness says so, so that it gets none. */
export function markDraining(ctx: Context): void {
  draining.add(ctx);
}

/** `unavailable` only without PostgreSQL, with migrations missing or while draining; strangers down = `degraded`. */
export async function checkHealth(ctx: Context): Promise<Health> {
  const [postgres, migrations, provider, mail] = await Promise.all([
    probe(async () => void (await ctx.pool.query('select 1'))),
    probe(async () => {
      const { missing } = await migrationGap(ctx.pool);
      if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
    }),
    probe(async () => void (await ctx.provider())),
    probe(() => ctx.mailer.verify()),
  ]);
  const lifecycle: Check = draining.has(ctx) ? { ok: false, detail: 'draining' } : { ok: true };
  const checks = { postgres, migrations, lifecycle, provider, mail };
  const isUp = postgres.ok && migrations.ok && lifecycle.ok;
  if (!isUp) return { status: 'unavailable', checks };
  return { status: provider.ok && mail.ok ? 'ok' : 'degraded', checks };
}

async function probe(work: () => Promise<unknown>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PROBE_MS);
  });
  try {
    await Promise.race([work(), late]);
    return { ok: true };
  } catch (error) {
    return {
      ok: false,
      detail: error instanceof Error && error.message.startsWith('missing') ? error.message : 'not reachable',
    };
  } finally {
    clearTimeout(timer);
  }
}
