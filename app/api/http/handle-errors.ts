import type { FastifyInstance } from 'fastify';
import { AppError } from '../../errors.ts';
import { toProblem } from './errors.ts';
import { languageOf, phrase } from './phrases.ts';
import { toAppError } from './to-app-error.ts';

/** Every error leaves as a problem document; what is our fault is logged with the id that the caller sees. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((thrown, request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    const error = toAppError(thrown, language);
    const problem = toProblem(error, request.id, language);
    if (problem.status >= 500) request.log.error({ err: thrown, request_id: request.id }, 'request failed');
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  });
  app.setNotFoundHandler((request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    const problem = toProblem(
      new AppError('resource.not_found', phrase('not_found', language)),
      request.id,
      language,
    );
    return reply.code(404).type('application/problem+json').send(JSON.stringify(problem));
  });
}
