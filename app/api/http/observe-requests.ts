import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isId } from '../../infra/db/id.ts';
import { requestDuration } from '../../infra/observability/metrics.ts';
import { beginServed, type Observation, parentOf } from '../../infra/observability/observed.ts';

const observations = new WeakMap<FastifyRequest, Observation>();
const UNSEEN = /^\/(health\/|metrics$)/;
const ENDLESS = /\/stream$/;

/** Gives every answer its request id, and every finished request a line in the log, a span and a place in the metrics. */
export function observeRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const observation = observe(request);
    observations.set(request, observation);
    observation.run(done);
  });
  // The body arrives on the socket, which knows nothing of the request.
  app.addHook('preValidation', (request, _reply, done) => inRequest(request, done));
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    const route = routeOf(request);
    // How long somebody watched is no answer time.
    if (!ENDLESS.test(route))
      requestDuration.observe({ method, route, status: String(status) }, elapsedTime / 1_000);
    const failure = status >= 500 ? `status ${status}` : undefined;
    observations.get(request)?.end({ 'http.response.status_code': status }, failure);
    if (UNSEEN.test(route)) return;
    const user_id = request.account?.user_id;
    inRequest(request, () =>
      request.log.info({ method, route, status, ms: Math.round(elapsedTime), user_id }, 'request'),
    );
  });
}

/** Does something under the ids of the request, wherever it is called from. */
export function inRequest<T>(request: FastifyRequest, work: () => T): T {
  const observation = observations.get(request);
  return observation ? observation.run(work) : work();
}

function observe(request: FastifyRequest): Observation {
  const route = routeOf(request);
  const { method, id: request_id } = request;
  const attributes = { 'http.request.method': method, 'http.route': route };
  return beginServed(
    `${method} ${route}`,
    { request_id, ...idsIn(request, route) },
    {
      parent: parentOf(request.headers.traceparent),
      attributes,
    },
  );
}

/** The declared path, never the address as it came: that one may hold a number or a name. */
function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none';
}

/** The call that a provider speaks of, and the campaign that a person does. */
function idsIn(request: FastifyRequest, route: string): { call_id?: string; campaign_id?: string } {
  const { call_id, id } = { ...(request.query as object), ...(request.params as object) } as Record<
    string,
    unknown
  >;
  const ids: { call_id?: string; campaign_id?: string } = {};
  const isOfCall = route.startsWith('/webhooks/telephony/');
  if (isOfCall && typeof call_id === 'string' && isId(call_id)) ids.call_id = call_id;
  if (route.startsWith('/api/campaigns/:id') && typeof id === 'string' && isId(id)) ids.campaign_id = id;
  return ids;
}
