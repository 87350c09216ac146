import { Ajv, type ValidateFunction } from 'ajv';
import type { Exchange } from '../telephony/wire.ts';

type Schema = Record<string, unknown> & {
  type?: unknown;
  properties?: Record<string, Schema>;
  $ref?: string;
};
type Parameter = { name: string; in: string; schema: Schema; required?: boolean };
type Content = Record<string, { schema: Schema }>;
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};
export type OpenApi = {
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, Schema> };
};

const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;
const FORMATS = {
  'date-time-rfc-2822': RFC_2822,
  'phone-number': /^\+[1-9]\d{6,14}$/,
  'date-time': /^\d{4}-\d{2}-\d{2}/,
  // The vendor's own examples are paths.
  uri: /^(https?:\/)?\//,
  endpoint: /^(\+[1-9]\d{6,14}|sip:.+|client:.+)$/,
  twiml: true as const,
  currency: /^[A-Za-z]{3}$/,
  'http-method': /^(GET|POST)$/,
};
const ERROR = {
  type: 'object',
  required: ['code', 'message', 'more_info', 'status'],
  additionalProperties: false,
  properties: {
    code: { type: 'integer' },
    message: { type: 'string' },
    more_info: { type: 'string', format: 'uri' },
    status: { type: 'integer' },
  },
};

/** Every way in which an exchange departs from the vendor's description; none when it conforms. */
export function judge(api: OpenApi, { request, answer }: Exchange): string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false, formats: FORMATS });
  const forms = new Ajv({ strict: false, allErrors: true, coerceTypes: 'array', formats: FORMATS });
  const [pathname = '', query = ''] = request.path.split('?');
  const [template, found] = operationOf(api, request.method, pathname);
  if (!found) return [`no such operation: ${request.method} ${template}`];
  const problems: string[] = [];
  const form = found.requestBody?.content['application/x-www-form-urlencoded']?.schema;
  if (request.method === 'POST' && form)
    problems.push(...faults(forms.compile(closed(api, form)), fieldsOf(request.body, form)));
  const known = found.parameters?.filter((one) => one.in === 'query') ?? [];
  const asked = {
    type: 'object',
    properties: Object.fromEntries(known.map(({ name, schema }) => [name, schema])),
  };
  problems.push(...faults(forms.compile(closed(api, asked)), fieldsOf(query, asked)));
  if (!answer) return [...problems, 'no answer'];
  const schema =
    answer.status >= 400 ? ERROR : found.responses[answer.status]?.content?.['application/json']?.schema;
  if (!schema) return [...problems, `an answer that is not described: ${answer.status}`];
  if (!answer.type.startsWith('application/json')) problems.push(`answered in ${answer.type}`);
  return [...problems, ...faults(ajv.compile(closed(api, schema)), JSON.parse(answer.body))];
}

function operationOf(api: OpenApi, method: string, pathname: string): [string, Operation | undefined] {
  // `/Calls.json` before `/Calls/{Sid}.json`: a parameter is never a slash.
  const template = Object.keys(api.paths).find((path) =>
    new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  return [
    template ?? pathname,
    template ? (api.paths[template]?.[method.toLowerCase()] as Operation) : undefined,
  ];
}

function fieldsOf(text: string, schema: Schema): Record<string, unknown> {
  const given = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const isList = schema.properties?.[name]?.type === 'array';
      return [name, isList ? given.getAll(name) : given.get(name)];
    }),
  );
}

/** As JSON schema: references followed, `nullable` said in its way, and nothing beyond what is described. */
function closed(api: OpenApi, schema: Schema): Schema {
  if (schema.$ref) return closed(api, api.components.schemas[schema.$ref.split('/').at(-1)!]!);
  const { nullable, format, 'x-twilio': _x, ...rest } = schema;
  const one: Schema = {
    ...rest,
    ...(format === 'int64' || format === 'uri-map' ? {} : format ? { format } : {}),
  };
  if (rest.properties) {
    one.properties = Object.fromEntries(
      Object.entries(rest.properties).map(([name, value]) => [name, closed(api, value)]),
    );
    one.additionalProperties = false;
  }
  if (rest.items) one.items = closed(api, rest.items as Schema);
  return nullable ? { anyOf: [{ type: 'null' }, one] } : one;
}

function faults(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
