import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import { toProblem } from './errors.ts';
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

/** Answers with the problem document of whatever was thrown. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
  const language = languageOf(request.headers['accept-language']);
  const problem = toProblem(toAppError(thrown, language), request.id, language);
  if (problem.status >= 500) request.log.error({ err: thrown }, 'request failed');
  // RFC 9110 §11.6.1: who is asked to sign in is told by what scheme.
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}
