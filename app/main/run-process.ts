import type { FastifyInstance } from 'fastify';
import { markDraining } from '../api/http/check-health.ts';
import { finishConversations } from '../api/http/finish-conversations.ts';
import { createHealthServer } from '../api/http/health-server.ts';
import { createServer } from '../api/http/server.ts';
import { type Context, createContext } from '../context.ts';
import type { Config } from '../infra/config/config.ts';
import { endOnSurprise, orEnd, refuseOtherSchema } from './endings.ts';

export type Loop = (ctx: Context, signal: AbortSignal) => Promise<void>;
export type Process = { serves: 'api' | 'health'; loops: Loop[] };

// Of the time to drain; the rest is for closing what is handed over.
const TALKING_SHARE = 0.8;
const SWEEP_MS = 100;

/** Serves and works until a signal comes, then lets what is under way finish, at most DRAIN_SECONDS. */
export async function runProcess(name: string, { serves, loops }: Process, config: Config): Promise<void> {
  const closeTraces = await traced(config, name);
  const ctx = createContext(config);
  const { log } = ctx;
  endOnSurprise(log);
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  const server = serves === 'api' ? await createServer(ctx) : await createHealthServer(ctx);
  await orEnd(`Port ${config.port} cannot be used`, server.listen({ host: config.host, port: config.port }));
  log.info({ process: name, port: config.port }, 'started');

  const stopping = new AbortController();
  const running = loops.map((loop) => neverIdle(loop, ctx, stopping.signal));
  const signal = await nextSignal();
  log.info({ process: name, signal }, 'stopping');
  markDraining(ctx);
  stopping.abort();
  setTimeout(() => {
    log.warn('work was left unfinished when the drain time was over');
    process.exit(1);
  }, config.drain_seconds * 1_000);
  const talkingMs = config.drain_seconds * 1_000 * TALKING_SHARE;
  await Promise.all([...running, finishConversations(server, talkingMs)]);
  await closeServer(server);
  await closeTraces();
  await ctx.close();
  log.info({ process: name }, 'stopped');
  // Whatever library holds a socket open: what is stopped is gone.
  process.exit(0);
}

/**
 * Fastify closes the connections that are idle now. One whose request is just being answered would stay open for its
 * client's next request, for longer than there is time: it is closed as soon as it is idle.
 */
async function closeServer(server: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS);
  await server.close();
  clearInterval(sweep);
}

/** Begins to send traces where a collector is named; answers what sends the last of them. */
export async function traced({ traces }: Config, process_name: string): Promise<() => Promise<void>> {
  const { endpoint } = traces;
  if (endpoint === null) return async () => {};
  const { startTracing } = await import('../infra/observability/start-tracing.ts');
  return startTracing({ ...traces, endpoint }, process_name);
}

/** A loop that ends before it was asked to leaves a process that looks alive and does nothing. */
async function neverIdle(loop: Loop, ctx: Context, signal: AbortSignal): Promise<void> {
  await loop(ctx, signal);
  if (!signal.aborted) throw new Error(`${loop.name} ended by itself`);
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
}
