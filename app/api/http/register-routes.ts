import type { IncomingMessage } from 'node:http';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { guardFor } from './guard.ts';
import { languageOf } from './phrases.ts';
import type { Access, RouteDefinition } from './route.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of an answer when all went well, for the API's description. */
    status?: number;
    /** Who may call it; a route without this does not start. */
    access?: Access;
  }
}

// A webhook's signature covers its bytes, so they arrive as they came; 64 KiB is the contract's limit.
const WEBHOOK_LIMIT_BYTES = 64 * 1024;

/** Registers every declared route: the guard before the body is read, then validation, then one verb. */
export async function registerRoutes(
  app: FastifyInstance,
  ctx: Context,
  routes: readonly RouteDefinition[],
): Promise<void> {
  await app.register(async (scope) => {
    // A form of another site can send plain text without asking first; here a body is JSON or 415.
    scope.removeContentTypeParser('text/plain');
    for (const definition of routes.filter((one) => !one.raw)) add(scope, ctx, definition);
  });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: WEBHOOK_LIMIT_BYTES },
      (_request, body, done) => {
        done(null, body);
      },
    );
    for (const definition of routes.filter((one) => one.raw === 'buffer')) add(scope, ctx, definition);
  });
  const uploads = routes.filter((one) => one.raw === 'stream');
  if (uploads.length === 0) return;
  await app.register(async (scope) => {
    // Only multipart is taken here, and it is read from the socket by the handler itself.
    scope.removeAllContentTypeParsers();
    const fileSize = ctx.config.upload_limits.bytes;
    await scope.register(multipart, { limits: { files: 1, fields: 5, fileSize } });
    scope.addHook('onResponse', async ({ raw }) => letGo(raw));
    for (const definition of uploads) add(scope, ctx, definition);
  });
}

// Who is still sending when the answer is out gets this long to read it; then the line is cut.
const LINGER_MS = 2_000;

/** A body that was not read to its end must not hold its connection: nobody listens to it any more. */
function letGo(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  request.unpipe();
  request.resume();
  const cut = setTimeout(() => request.destroy(), LINGER_MS).unref();
  request.once('close', () => clearTimeout(cut));
}

function add(app: FastifyInstance, ctx: Context, definition: RouteDefinition): void {
  const {
    method,
    path,
    params,
    query,
    body,
    response,
    status = 200,
    summary,
    tag,
    access,
    limit,
  } = definition;
  const schema = {
    summary,
    tags: [tag],
    ...(definition.hidden ? { hide: true } : {}),
    ...(params ? { params } : {}),
    ...(query ? { querystring: query } : {}),
    ...(body ? { body } : {}),
    ...(response ? { response: { [status]: response } } : {}),
    ...(access === 'public' || access === 'provider' ? { security: [] } : {}),
  };
  app.route({
    method,
    url: path,
    schema,
    config: { status, access, ...(limit ? { limit } : {}) },
    onRequest: guardFor(definition, ctx),
    handler: async (request, reply) => {
      const result = await definition.handle(callOf(ctx, request, reply));
      if (result === reply || reply.sent) return reply;
      return reply.code(status).send(status === 204 ? undefined : result);
    },
  });
}

function callOf(ctx: Context, request: FastifyRequest, reply: FastifyReply) {
  return {
    ctx,
    get actor() {
      if (!request.account) throw new Error('nobody is signed in on this route');
      return request.account as never;
    },
    params: request.params as never,
    query: request.query as never,
    body: request.body as never,
    language: languageOf(request.headers['accept-language']),
    request,
    reply,
  };
}
