import type { FastifyInstance } from 'fastify';
import { requestDuration } from '../../infra/observability/metrics.ts';

/** Gives every answer its request id, and every finished request a line in the log and a place in the metrics. */
export function observeRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    // The declared path, never the address as it came: that one may hold a number or a name.
    const route = request.routeOptions.url ?? 'none';
    requestDuration.observe({ method, route, status: String(status) }, elapsedTime / 1_000);
    if (route.startsWith('/health/') || route === '/metrics') return;
    const user_id = request.account?.user_id;
    request.log.info({ method, route, status, ms: Math.round(elapsedTime), user_id }, 'request');
  });
}
