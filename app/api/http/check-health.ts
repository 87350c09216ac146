import type { ProviderHealth, TelephonyProvider } from '../../calling/telephony/provider.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { migrationGap } from '../../infra/db/migrate.ts';
import { readBacklog } from '../../infra/observability/read-backlog.ts';

type Check = { ok: boolean; detail?: string };
type Health = { status: 'ok' | 'degraded' | 'unavailable'; checks: Record<string, Check> };
type Strangers = { provider: Check; mail: Check; bus: Check };

// A probe that hangs is a failed probe.
const PROBE_MS = 1_000;
// However often anybody asks for our health, the strangers are asked this seldom.
const STRANGERS_FRESH_MS = 2_000;
// Longer than a lease and the longest pause between two rounds of every loop together.
const MOST_LAG_SECONDS = 120;
// The vendor's requests are counted: it is asked twice a minute, and more often only to see that it is back.
const PROVIDER_UP_FRESH_MS = 30_000;
const PROVIDER_DOWN_FRESH_MS = 5_000;
const draining = new WeakSet<Context>();
const answered = new WeakMap<TelephonyProvider, { health: Promise<ProviderHealth>; untilMs: number }>();
const asked = new WeakMap<Context, { strangers: Promise<Strangers>; atMs: number }>();

/** From now on this process takes no new work; readiness says so, so that it gets none. */
export function markDraining(ctx: Context): void {
  draining.add(ctx);
}

/** `unavailable` only without PostgreSQL, with migrations missing or while draining; strangers down = `degraded`. */
export async function checkHealth(ctx: Context): Promise<Health> {
  const [postgres, migrations, lag, strangers] = await Promise.all([
    probe(async () => void (await ctx.pool.query('select 1'))),
    probe(async () => {
      const { missing } = await migrationGap(ctx.pool);
      if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
    }),
    probe(() => refuseLag(ctx)),
    askStrangers(ctx),
  ]);
  const lifecycle: Check = draining.has(ctx) ? { ok: false, detail: 'draining' } : { ok: true };
  // The rules go on understanding while a model is left alone.
  const model: Check = ctx.interpreter.isPaused?.() ? { ok: false, detail: 'keeps failing' } : { ok: true };
  const checks = { postgres, migrations, lifecycle, lag, model, ...strangers };
  const isUp = postgres.ok && migrations.ok && lifecycle.ok;
  if (!isUp) return { status: 'unavailable', checks };
  const isWhole = strangers.provider.ok && strangers.mail.ok && strangers.bus.ok && model.ok && lag.ok;
  return { status: isWhole ? 'ok' : 'degraded', checks };
}

/** What should be done within seconds and has waited for minutes: a process is missing, or cannot keep up. */
async function refuseLag(ctx: Context): Promise<void> {
  const { queues } = await readBacklog(ctx.db, ctx.now());
  const late = queues.filter(({ oldest_seconds }) => oldest_seconds > MOST_LAG_SECONDS);
  if (late.length === 0) return;
  const waits = late.map(({ queue, oldest_seconds }) => `${queue} wait for ${Math.round(oldest_seconds)} s`);
  throw new KnownFault(waits.join(', '));
}

/** One question serves all probes for a while; changed settings make another provider, which is asked at once. */
function askProvider(provider: TelephonyProvider): Promise<ProviderHealth> {
  const nowMs = performance.now();
  const last = answered.get(provider);
  if (last && nowMs < last.untilMs) return last.health;
  const entry = { health: provider.health(), untilMs: nowMs + PROVIDER_DOWN_FRESH_MS };
  answered.set(provider, entry);
  void entry.health.then(({ ok }) => {
    if (ok) entry.untilMs = nowMs + PROVIDER_UP_FRESH_MS;
  });
  return entry.health;
}

/** Its words are for whoever asks for our health. */
class KnownFault extends Error {}

function askStrangers(ctx: Context): Promise<Strangers> {
  const nowMs = performance.now();
  const last = asked.get(ctx);
  if (last && nowMs - last.atMs < STRANGERS_FRESH_MS) return last.strangers;
  const provider = probe(async () => {
    const health = await askProvider(await ctx.provider());
    if (!health.ok) throw new KnownFault(health.detail);
  });
  const mail = probe(() => ctx.mailer.verify());
  const bus = probe(async () => void (await ctx.bus.depth()));
  const strangers = Promise.all([provider, mail, bus]).then(([first, second, third]) => ({
    provider: first,
    mail: second,
    bus: third,
  }));
  asked.set(ctx, { strangers, atMs: nowMs });
  return strangers;
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
    return { ok: false, detail: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError && error.code === 'settings.unknown_provider') return 'not configured';
  if (error instanceof KnownFault) return error.message;
  return error instanceof Error && /^(missing|the queue has no)/.test(error.message)
    ? error.message
    : 'not reachable';
}
