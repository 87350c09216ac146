import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { conversationSocket } from '../../app/api/http/conversation-socket.ts';
import { handleErrors } from '../../app/api/http/handle-errors.ts';
import { addRateLimits } from '../../app/api/http/rate-limits.ts';
import { registerRoutes } from '../../app/api/http/register-routes.ts';
import { telephonyWebhookRoutes } from '../../app/api/http/telephony-webhooks.ts';
import type { CallPorts } from '../../app/calling/ports.ts';
import type { Context } from '../../app/context.ts';

/** The provider's side of the application alone: its webhooks and the conversation socket, on any free port. */
export async function webhookServer(ports: CallPorts): Promise<FastifyInstance> {
  const ctx = ports as unknown as Context;
  const app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  await addRateLimits(app, ctx);
  await app.register(websocket);
  await app.register(async (scope) => registerRoutes(scope, ctx, telephonyWebhookRoutes));
  await app.register(async (scope) => conversationSocket(scope, ctx));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}
