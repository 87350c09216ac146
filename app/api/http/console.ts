import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

// Addresses that are not the console's own: what is missing there is missing, not a page of the console.
const NOT_CONSOLE = /^\/(api|webhooks|assets|health|metrics)(\/|$|\?)|^[^?]*\.\w+(\?|$)/;

/** Serves the built console: hashed assets for ever, the page itself never from a cache, deep links to the page. */
export async function addConsole(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(path.join(directory, 'index.html'))) {
    app.log.warn('no console has been built; only the API is served');
    return;
  }
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, file) => {
      const isAsset = file.includes(`${path.sep}assets${path.sep}`);
      reply.header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/*', { schema: { hide: true } }, (request, reply) => {
    // A script that follows the sign-in's redirects takes anything; only who asks for something else gets no page.
    const wantsPage = /text\/html|\*\/\*|^$/.test(request.headers.accept ?? '');
    if (!wantsPage || NOT_CONSOLE.test(request.url)) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}
