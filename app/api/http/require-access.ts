import type { FastifyInstance } from 'fastify';

// What the console and the API's page are made of: files for everybody, without data.
const FILES = /^\/(?!api\/|webhooks\/|metrics|health)|^\/api\/docs(\/|$)/;

/** Refuses to start with a route that does not say who may call it. */
export function requireAccess(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined && !FILES.test(url)) {
      throw new Error(`${String(method)} ${url} does not say who may call it`);
    }
  });
}
