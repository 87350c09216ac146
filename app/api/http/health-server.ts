import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Context } from '../../context.ts';
import { handleErrors } from './handle-errors.ts';
import { healthRoutes } from './health-routes.ts';
import { observeRequests } from './observe-requests.ts';
import { registerRoutes } from './register-routes.ts';
import { dropSilentConnections } from './silent-connections.ts';

/** What scheduler and worker serve on their own port: health and metrics, nothing else. */
export async function createHealthServer(ctx: Context): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: ctx.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('account', null);
  dropSilentConnections(app);
  observeRequests(app);
  handleErrors(app);
  await app.register(cookie);
  await registerRoutes(app, ctx, healthRoutes);
  return app;
}
