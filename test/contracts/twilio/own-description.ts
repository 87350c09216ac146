import type { OpenApi } from './judge.ts';

// Written by us from twilio.com/docs/voice/api/call-resource: what we send and read, no more.
const sid = (letters: string) => ({ type: 'string', pattern: `^${letters}[0-9a-fA-F]{32}$`, nullable: true });
const text = { type: 'string', nullable: true };
const moment = { type: 'string', format: 'date-time-rfc-2822', nullable: true };
const url = { type: 'string', format: 'uri' };
const method = { type: 'string', format: 'http-method' };
const phone = { type: 'string', format: 'phone-number' };
const status = {
  type: 'string',
  enum: ['queued', 'ringing', 'in-progress', 'completed', 'busy', 'failed', 'no-answer', 'canceled'],
};
const call = {
  type: 'object',
  required: ['sid', 'status', 'date_created', 'start_time', 'end_time', 'answered_by', 'to', 'from'],
  properties: {
    ...{ sid: sid('CA'), account_sid: sid('AC'), parent_call_sid: sid('CA'), phone_number_sid: sid('PN') },
    ...{ group_sid: sid('GP'), trunk_sid: sid('TK'), status },
    ...{ date_created: moment, date_updated: moment, start_time: moment, end_time: moment },
    ...{
      to: text,
      to_formatted: text,
      from: text,
      from_formatted: text,
      caller_name: text,
      forwarded_from: text,
    },
    ...{ direction: text, answered_by: text, api_version: text, duration: text, queue_time: text, uri: text },
    ...{ price: text, price_unit: text, subresource_uris: { type: 'object' } },
  },
};
const page = {
  type: 'object',
  required: ['calls', 'next_page_uri', 'page', 'page_size'],
  properties: {
    calls: { type: 'array', items: call },
    ...{ first_page_uri: url, uri: url, next_page_uri: { ...url, nullable: true } },
    previous_page_uri: { ...url, nullable: true },
    ...{
      start: { type: 'integer' },
      end: { type: 'integer' },
      page: { type: 'integer' },
      page_size: { type: 'integer' },
    },
  },
};
const form = (properties: Record<string, object>, required: string[] = []) => ({
  content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', required, properties } } },
});
const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const query = (name: string, schema: object) => ({ name, in: 'query', schema });
const place = form(
  {
    ...{
      To: phone,
      From: phone,
      Url: url,
      Method: method,
      StatusCallback: url,
      StatusCallbackMethod: method,
    },
    StatusCallbackEvent: { type: 'array', items: { type: 'string' } },
    Timeout: { type: 'integer', maximum: 600 },
    ...{
      TimeLimit: { type: 'integer' },
      Record: { type: 'boolean' },
      MachineDetection: { enum: ['Enable', 'DetectMessageEnd'] },
    },
    ...{
      AsyncAmd: { enum: ['true', 'false'] },
      AsyncAmdStatusCallback: url,
      AsyncAmdStatusCallbackMethod: method,
    },
  },
  ['To', 'From'],
);
const calls = '/2010-04-01/Accounts/{AccountSid}/Calls';

export const OWN_DESCRIPTION = {
  paths: {
    [`${calls}.json`]: {
      post: { requestBody: place, responses: { 201: json(call) } },
      get: {
        parameters: [query('To', phone), query('From', phone), query('Page', { type: 'integer' })].concat(
          query('PageSize', { type: 'integer', maximum: 1_000 }),
          query('PageToken', { type: 'string' }),
        ),
        responses: { 200: json(page) },
      },
    },
    [`${calls}/{Sid}.json`]: {
      get: { responses: { 200: json(call) } },
      post: {
        requestBody: form({ Status: { enum: ['completed', 'canceled'] } }),
        responses: { 200: json(call) },
      },
    },
  },
  components: { schemas: {} },
} as unknown as OpenApi;
