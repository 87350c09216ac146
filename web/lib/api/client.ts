import createClient, { type Middleware } from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { currentLanguage } from '../i18n/i18n.ts';
import { readProblem } from './problem.ts';
import type { paths } from './schema.gen.ts';

const speakAndThrow: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept-language', currentLanguage());
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw readProblem(response.status, await response.text());
    return response;
  },
};

/** The typed way to the server; whatever is not 2xx is thrown as a Problem in the reader's language. */
export const client = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: (request) => window.fetch(request),
});
client.use(speakAndThrow);

/** The same, as hooks of TanStack Query. */
export const api = createQueryClient(client);
