import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { Config } from '../../infra/config/config.ts';
import { languageOf, phrase } from './phrases.ts';

const SIGN_IN = '/api/auth/login';
// A signed webhook is never limited: its route refuses a wrong signature, and losing one would cost a fact.
const UNLIMITED = /^\/(webhooks\/telephony|health|assets)\//;

type Limits = Pick<Config, 'requests_per_minute' | 'sign_ins_per_minute'>;

/**
 * Limits a minute, in this process: requests per session (per address where nobody is signed in), sign-ins per address,
 * and per address what is refused with 401, before the next guess is even looked at.
 */
export async function addRateLimits(app: FastifyInstance, limits: Limits): Promise<void> {
  const { requests_per_minute, sign_ins_per_minute } = limits;
  await app.register(rateLimit, {
    // Runs behind the route's guard, which knows who asks.
    max: (request) => (isSignIn(request) ? sign_ins_per_minute : requests_per_minute),
    timeWindow: '1 minute',
    keyGenerator: (request) => {
      if (isSignIn(request)) return `sign-in ${request.ip}`;
      const { account } = request;
      return account?.session_id ?? account?.user_id ?? request.ip;
    },
    allowList: (request) => UNLIMITED.test(request.url),
  });
  limitRefusals(app, requests_per_minute);
}

function limitRefusals(app: FastifyInstance, max: number): void {
  const refusals = app.createRateLimit({ max, timeWindow: '1 minute', keyGenerator: ({ ip }) => ip });
  app.addHook('onRequest', async (request, reply) => {
    const past = await refusals(request, { increment: false });
    if (past.isAllowed || !past.isExceeded) return;
    reply.header('retry-after', past.ttlInSeconds);
    const language = languageOf(request.headers['accept-language']);
    throw new AppError('request.too_many', phrase('too_many', language));
  });
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode === 401) await refusals(request);
  });
}

function isSignIn(request: FastifyRequest): boolean {
  return request.routeOptions.url === SIGN_IN;
}
