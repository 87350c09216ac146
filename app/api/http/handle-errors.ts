import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import { toProblem } from './errors.ts';
import { inRequest } from './observe-requests.ts';
import { languageOf, phrase } from './phrases.ts';
import { toAppError } from './to-app-error.ts';

/** Every error leaves as a problem document; what is our fault is logged with the id that the caller sees. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler(sendProblem);
  app.setNotFoundHandler((request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    return sendProblem(new AppError('resource.not_found', phrase('not_found', language)), request, reply);
  });
}

// For answers that no hook has run for: they are never a page.
const BARE_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** The problem document for an address that cannot even be routed. */
export function sendUnroutable(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  return sendProblem(thrown, request, reply.headers(BARE_HEADERS));
}

/** What is no HTTP at all is answered in the one shape as well, on the bare socket. */
export function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const isLong = error.code === 'HPE_HEADER_OVERFLOW';
  const [code, name] = isLong
    ? (['request.too_large', 'too_large'] as const)
    : (['request.malformed', 'malformed'] as const);
  const problem = toProblem(new AppError(code, phrase(name, 'en')), randomUUID(), 'en');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(BARE_HEADERS).map(([header, value]) => `${header}: ${value}`),
    `x-request-id: ${problem.request_id}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Answers with the problem document of whatever was thrown. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const language = languageOf(request.headers['accept-language']);
  const problem = toProblem(toAppError(thrown, language), request.id, language);
  if (problem.status >= 500) inRequest(request, () => request.log.error({ err: thrown }, 'request failed'));
  // RFC 9110 §11.6.1: who is asked to sign in is told by what scheme.
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}
