import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Config } from '../../infra/config/config.ts';
import { languageOf, phrase } from './phrases.ts';
import { forgetOldCounts, RequestCounts } from './request-counts.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A limit of its own in place of the general one. */
    limit?: Limit;
  }
  interface FastifyInstance {
    /** The error for a wrong signature: 403, and past the limit of its address 429. */
    refuseSignature(request: FastifyRequest, refusal: AppError): Promise<AppError>;
  }
}

/** What is counted apart from a session's other requests. */
export type Limit = 'sign_in' | 'upload' | 'export';

const WINDOW_MS = 60_000;
const SETTLE_MS = 1_000;
// A signed webhook is never limited: its route refuses a wrong signature, and losing one would cost a fact.
const UNLIMITED = /^\/(webhooks\/telephony|health|assets)\//;

type Checked = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>;

/**
 * Limits a minute, counted by all processes together within a second: sign-ins per address; uploads, exports and all
 * else per session (per address where nobody is signed in); per address what is refused with 401, before the next guess
 * is even looked at, and wrong signatures.
 */
export async function addRateLimits(app: FastifyInstance, ctx: Context): Promise<void> {
  const counts = new RequestCounts(() => ctx.now().getTime());
  await app.register(rateLimit, {
    store: storeOf(counts),
    timeWindow: WINDOW_MS,
    // Runs behind the route's guard, which knows who asks.
    max: (request) => maximumOf(request, ctx.config),
    keyGenerator: keyOf,
    allowList: (request) => UNLIMITED.test(request.url),
  });
  limitRefusals(app, ctx.config.requests_per_minute);
  limitSignatures(app, ctx.config.bad_signatures_per_minute);
  settleRegularly(app, ctx, counts);
}

function maximumOf({ routeOptions }: FastifyRequest, config: Config): number {
  const { limit } = routeOptions.config;
  if (limit === 'sign_in') return config.sign_ins_per_minute;
  if (limit === 'upload') return config.uploads_per_minute;
  if (limit === 'export') return config.exports_per_minute;
  return config.requests_per_minute;
}

function keyOf(request: FastifyRequest): string {
  const { account, routeOptions } = request;
  const limit = routeOptions.config.limit ?? 'request';
  const who = account?.session_id ?? account?.user_id;
  return `${limit} ${limit === 'sign_in' || !who ? normalizeIP(request.ip) : who}`;
}

/** One set of counts for every limiter of this server; their keys tell them apart. */
function storeOf(counts: RequestCounts) {
  type Answer = (error: Error | null, result?: { current: number; ttl: number }) => void;
  return class Store {
    incr(key: string, answer: Answer, windowMs: number): void {
      answer(null, counts.add(key, windowMs));
    }

    read(key: string, answer: Answer): void {
      answer(null, counts.read(key));
    }

    child(): Store {
      return this;
    }
  };
}

function limitRefusals(app: FastifyInstance, max: number): void {
  const keyGenerator = ({ ip }: FastifyRequest) => `refused ${normalizeIP(ip)}`;
  const refusals = app.createRateLimit({ max, timeWindow: WINDOW_MS, keyGenerator, allowList: [] });
  app.addHook('onRequest', async (request, reply) => {
    if (UNLIMITED.test(request.url)) return;
    const past = await refusals(request, { increment: false });
    if (!isExceeded(past)) return;
    reply.header('retry-after', past.ttlInSeconds);
    throw tooMany(request);
  });
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 401) await refusals(request);
  });
}

function limitSignatures(app: FastifyInstance, max: number): void {
  const keyGenerator = ({ ip }: FastifyRequest) => `signature ${normalizeIP(ip)}`;
  const failures = app.createRateLimit({ max, timeWindow: WINDOW_MS, keyGenerator, allowList: [] });
  app.decorate('refuseSignature', async (request, refusal) =>
    isExceeded(await failures(request)) ? tooMany(request) : refusal,
  );
}

function isExceeded(checked: Checked): checked is Extract<Checked, { isAllowed: false }> {
  return !checked.isAllowed && checked.isExceeded;
}

function tooMany(request: FastifyRequest): AppError {
  return new AppError('request.too_many', phrase('too_many', languageOf(request.headers['accept-language'])));
}

function settleRegularly(app: FastifyInstance, { db, log, now }: Context, counts: RequestCounts): void {
  let settling = Promise.resolve();
  let lastForgetMs = 0;
  const settle = async () => {
    await counts.settle(db);
    const at = now();
    if (at.getTime() - lastForgetMs < WINDOW_MS) return;
    lastForgetMs = at.getTime();
    await forgetOldCounts(db, at);
  };
  const timer = setInterval(() => {
    settling = settling
      .then(settle)
      .catch((err: unknown) => log.warn({ err }, 'request counts could not be shared'));
  }, SETTLE_MS);
  timer.unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await settling;
  });
}
