import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasEnded } from '../call.ts';
import { HangUp } from '../line/live-call.ts';
import { type Network, record } from '../network.ts';
import { acceptCall } from './accept-call.ts';
import { authenticate } from './authenticate.ts';
import { callResource } from './call-resource.ts';
import { type ListQuery, listCalls } from './list-calls.ts';
import { type Form, readCallRequest } from './read-call-request.ts';
import { RestError } from './rest-error.ts';

type OneCall = { Params: { accountSid: string; callSid: string }; Body: Form | undefined };

/** Twilio's Calls resource, behind basic authentication. */
export function callsApi(network: Network) {
  return async (server: FastifyInstance): Promise<void> => {
    server.addHook('onRequest', async (request) => authenticate(network, request));
    server.addHook('onRequest', async () => {
      const { latency_ms } = network.faults.settings;
      if (latency_ms > 0) await delay(latency_ms, undefined, { signal: network.closing });
    });
    server.post<{ Body: Form | undefined }>('/Calls.json', (request, reply) =>
      create(network, request.body ?? {}, reply),
    );
    server.addHook('preHandler', async (request, reply) => {
      if (request.method === 'POST' && request.routeOptions.url?.endsWith('/Calls.json')) return;
      if (network.faults.strikes('other_html', request.id)) return sendHtml(reply);
    });
    server.get<{ Querystring: ListQuery }>('/Calls.json', async (request) =>
      listCalls(network.account_sid, network.book.newestFirst(), request.query),
    );
    server.get<OneCall>('/Calls/:callSid.json', async (request) => show(network, request));
    server.post<OneCall>('/Calls/:callSid.json', async (request) => update(network, request));
    server.delete<OneCall>('/Calls/:callSid.json', (request, reply) => remove(network, request, reply));
  };
}

async function create(network: Network, form: Form, reply: FastifyReply): Promise<FastifyReply> {
  const request = readCallRequest(form);
  const { faults } = network;
  const key = [request.to, faults.countCreate(request.to)];
  if (faults.strikes('create_429', ...key)) throw new RestError(429, 20429, 'Too Many Requests');
  if (faults.strikes('create_500', ...key)) throw new RestError(500, 20500, 'Internal Server Error');
  if (faults.strikes('create_html', ...key)) return sendHtml(reply);
  if (faults.strikes('create_reset', ...key)) return reset(reply);
  const call = acceptCall(network, request);
  // The connection stays open and silent: it is the client that gives up.
  if (faults.strikes('accept_then_timeout', ...key)) return reply.hijack();
  if (faults.strikes('accept_then_reset', ...key)) return reset(reply);
  if (faults.strikes('accept_then_html', ...key)) return sendHtml(reply);
  if (faults.strikes('accept_then_empty', ...key)) return reply.code(201).send();
  return reply.code(201).send(callResource(network.account_sid, call));
}

/** What a proxy says in place of the network behind it. */
function sendHtml(reply: FastifyReply): FastifyReply {
  const page = '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>';
  return reply.code(502).type('text/html; charset=utf-8').send(page);
}

function reset(reply: FastifyReply): FastifyReply {
  reply.raw.socket?.resetAndDestroy();
  return reply.hijack();
}

function show(network: Network, request: FastifyRequest<OneCall>): Record<string, unknown> {
  const call = network.book.get(request.params.callSid);
  if (call === undefined) throw notFound(request);
  return callResource(network.account_sid, call);
}

/** Hangs up. `completed` ends a call in any live state, `canceled` only one that was not answered yet. */
function update(network: Network, request: FastifyRequest<OneCall>): Record<string, unknown> {
  const call = network.book.get(request.params.callSid);
  if (call === undefined) throw notFound(request);
  const { Status: status, Url: url, Twiml: twiml } = request.body ?? {};
  if (url !== undefined || twiml !== undefined) {
    throw new RestError(400, 20001, 'This network does not redirect calls in progress.');
  }
  if (status !== undefined && status !== 'completed' && status !== 'canceled') {
    throw new RestError(400, 20001, `Status: ${status} is not a valid choice`);
  }
  if (hasEnded(call.status) || (status === 'canceled' && call.status === 'in-progress')) {
    throw new RestError(400, 21220, `Call is ${call.status}. Cannot set its status to ${status}.`);
  }
  if (status !== undefined) network.lines.get(call.sid)?.abort(new HangUp('application'));
  return callResource(network.account_sid, call);
}

/** Takes the record of an ended call away; only the log, which is ours and not the network's, still tells of it. */
function remove(network: Network, request: FastifyRequest<OneCall>, reply: FastifyReply): FastifyReply {
  const call = network.book.get(request.params.callSid);
  if (call === undefined) throw notFound(request);
  if (!hasEnded(call.status)) throw new RestError(409, 20409, 'Cannot delete a call that is in progress');
  const { sid, to, from, status } = call;
  record(network, { call_sid: sid, to, from, fact: 'deleted', text: null, status });
  return reply.code(204).send();
}

function notFound(request: FastifyRequest): RestError {
  const path = request.url.split('?', 1)[0];
  return new RestError(404, 20404, `The requested resource ${path} was not found`);
}
