import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { ERROR_CODES } from '../../errors.ts';

type Described = { paths?: object; components?: object };

const PROBLEM = {
  description: 'A problem document (RFC 9457), its texts in the language asked for',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail', 'code', 'request_id'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          code: { type: 'string', enum: [...ERROR_CODES] },
          request_id: { type: 'string' },
          errors: {
            type: 'array',
            items: {
              type: 'object',
              required: ['field', 'message'],
              properties: { field: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};

/** A route that answers without a body still has its own status. */
function withStatus(input: Parameters<typeof jsonSchemaTransform>[0]) {
  const { schema, url } = jsonSchemaTransform(input);
  const { status = 200 } = input.route.config ?? {};
  const response = schema.response ?? { [status]: { description: 'Done', type: 'null' } };
  return { schema: schema.hide ? schema : { ...schema, response }, url };
}

/** Every failure of every route has the one shape, so it is described once. */
function withProblems(document: Described) {
  const Problem = { $ref: '#/components/responses/Problem' };
  for (const operations of Object.values(document.paths ?? {})) {
    for (const { responses } of Object.values(operations) as { responses: object }[]) {
      Object.assign(responses, { '4XX': Problem, '5XX': Problem });
    }
  }
  return { ...document, components: { ...document.components, responses: { Problem: PROBLEM } } };
}

/** The API's description at /api/openapi.json and its page at /api/docs, made from the routes' own schemas. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'voicesurveyagent',
        version: '1',
        description: 'Outbound phone surveys by an AI agent.',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          session: { type: 'apiKey', in: 'cookie', name: 'vsa_session' },
        },
      },
      security: [{ bearer: [] }, { session: [] }],
    },
    transform: withStatus,
    transformObject: (document) => ('openapiObject' in document ? withProblems(document.openapiObject) : {}),
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: false,
    uiConfig: { validatorUrl: null, deepLinking: true },
  });
  app.get('/api/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async () =>
    app.swagger(),
  );
}
