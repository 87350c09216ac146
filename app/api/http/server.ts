import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import websocket from '@fastify/websocket';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Context } from '../../context.ts';
import { endStreamsOnClose } from './campaign-stream.ts';
import { addConsole } from './console.ts';
import { conversationSocket } from './conversation-socket.ts';
import { handleErrors, refuseGarbage, sendUnroutable } from './handle-errors.ts';
import { observeRequests } from './observe-requests.ts';
import { addOpenApi } from './openapi.ts';
import { addRateLimits } from './rate-limits.ts';
import { registerRoutes } from './register-routes.ts';
import { requireAccess } from './require-access.ts';
import { routes } from './routes.ts';
import { dropSilentConnections } from './silent-connections.ts';

// Uploads stream and are bounded by their own route; everything else that is sent is small.
const BODY_LIMIT_BYTES = 1024 * 1024;

/** The whole HTTP side: console, API, webhooks and socket on one port. Not yet listening. */
export async function createServer(ctx: Context): Promise<FastifyInstance> {
  const { config } = ctx;
  const app = fastify({
    loggerInstance: ctx.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // The ids of a request are in every line that is written while it is served, whoever writes it.
    childLoggerFactory: (logger) => logger,
    // An address that cannot even be routed is answered like every other fault.
    frameworkErrors: sendUnroutable,
    clientErrorHandler: refuseGarbage,
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: config.trust_proxy.length > 0 ? config.trust_proxy : false,
    genReqId: () => randomUUID(),
    routerOptions: { ignoreTrailingSlash: true },
    // Idle keep-alive connections must not hold up a shutdown.
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('account', null);
  dropSilentConnections(app);
  requireAccess(app);
  observeRequests(app);
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  handleErrors(app);
  await app.register(cookie);
  await addHeaders(app, config.public_url);
  await addRateLimits(app, ctx);
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } });
  await addOpenApi(app);
  await app.register(async (scope) => registerRoutes(scope, ctx, routes));
  await app.register(async (scope) => conversationSocket(scope, ctx));
  await addConsole(app, config.console_dir);
  endStreamsOnClose(app, ctx);
  return app;
}

async function addHeaders(app: FastifyInstance, public_url: string): Promise<void> {
  const isHttps = public_url.startsWith('https://');
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The component library sets widths and colours inline.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
  });
}
