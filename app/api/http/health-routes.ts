import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { sameSecret } from '../../infra/crypto/hash.ts';
import { showBacklog } from '../../infra/observability/backlog-gauges.ts';
import { metrics } from '../../infra/observability/metrics.ts';
import { readBacklog } from '../../infra/observability/read-backlog.ts';
import { checkHealth } from './check-health.ts';
import { route } from './route.ts';

const check = z.object({ ok: z.boolean(), detail: z.string().optional() });

export const healthRoutes = [
  route({
    method: 'GET',
    path: '/health/live',
    access: 'public',
    summary: 'This process runs',
    tag: 'health',
    response: z.object({ status: z.literal('ok') }),
    handle: async () => ({ status: 'ok' as const }),
  }),
  route({
    method: 'GET',
    path: '/health/ready',
    access: 'public',
    summary: 'This process can do its work; 503 when it cannot',
    tag: 'health',
    response: z.object({ status: z.enum(['ok', 'degraded']), checks: z.record(z.string(), check) }),
    handle: async ({ ctx, reply }) => {
      const { status, checks } = await checkHealth(ctx);
      if (status === 'unavailable') {
        throw new AppError('server.unavailable', 'This process cannot take work now.', { extra: { checks } });
      }
      return reply.code(200).send({ status, checks });
    },
  }),
  route({
    method: 'GET',
    path: '/metrics',
    access: 'public',
    summary: 'Prometheus metrics; a bearer token where one is configured',
    tag: 'health',
    handle: async ({ ctx, request, reply }) => {
      const expected = ctx.config.metrics_token;
      const given = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
      if (expected && !sameSecret(given, expected.reveal())) {
        throw new AppError('auth.required', 'The metrics need their token.');
      }
      showBacklog(await readBacklog(ctx.db, ctx.now()).catch(() => null));
      return reply.type(metrics.contentType).send(await metrics.metrics());
    },
  }),
];
