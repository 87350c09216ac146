import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

async function send(method: string, path: string, more: { type?: string; body?: string } = {}) {
  const headers: Record<string, string> = { authorization: `Bearer ${await api.token('admin')}` };
  if (more.type) headers['content-type'] = more.type;
  return fetch(`${api.origin}${path}`, { method, headers, body: more.body ?? null });
}
const problemOf = async (answer: Response) => (await answer.json()) as Record<string, unknown>;
const CONFIG = '/api/admin/config';

describe('a fault', () => {
  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'a=b', 415],
    ['plain text, as another site could send it', 'text/plain', '{}', 415],
    ['half a document', 'application/json', '{"llm":', 400],
    ['a document that would poison prototypes', 'application/json', '{"__proto__":{"a":1}}', 400],
    ['too much', 'application/json', `{"a":"${'x'.repeat(1_100_000)}"}`, 413],
    ['a list', 'application/json', '[]', 422],
    ['a wrong value', 'application/json', '{"telephony":{"calls_per_second":"many"}}', 422],
  ])('of the body: %s is %s', async (_name, type, body, status) => {
    const answer = await send('PUT', CONFIG, { type, body });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('of a value names its field as it is called on the wire', async () => {
    const body = JSON.stringify({ telephony: { calls_per_second: 'many', outbound_number: '12' } });
    const { code, errors } = await problemOf(await send('PUT', CONFIG, { type: 'application/json', body }));
    expect(code).toBe('request.invalid');
    expect((errors as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      'telephony.calls_per_second',
      'telephony.outbound_number',
    ]);
  });

  it.each(['page_size=201', 'page=0', 'page=x', 'page=1&page=2'])(
    'of the query: %s is 422',
    async (query) => {
      expect((await send('GET', `/api/admin/users?${query}`)).status).toBe(422);
    },
  );

  it.each([
    ['an address that cannot be read', '/api/campaigns/%E0%A4%A', 400],
    ['an id longer than any', `/api/campaigns/${'7'.repeat(200)}`, 404],
    ['an address that nobody knows', '/api/nothing', 404],
  ])('of the address: %s', async (_name, path, status) => {
    const answer = await send('GET', path);
    expect(answer.status).toBe(status);
    expect(await problemOf(answer)).toMatchObject({ request_id: answer.headers.get('x-request-id') });
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src '(self|none)'/);
  });

  it('of HTTP itself has the same shape', async () => {
    const port = Number(new URL(api.origin).port);
    const say = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        let heard = '';
        socket.on('data', (chunk) => (heard += String(chunk)));
        socket.on('close', () => resolve(heard)).on('error', reject);
      });
    const garbage = await say('GARBAGE\r\n\r\n');
    expect(garbage).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(garbage.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'request.malformed' });
    const long = await say(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(long).toContain('content-type: application/problem+json');
  });

  it('comes after the question who is asking, and before the body is read', async () => {
    const body = 'x'.repeat(2_000_000);
    const anonymous = await fetch(`${api.origin}${CONFIG}`, { method: 'PUT', body });
    expect([anonymous.status, anonymous.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await api.call('viewer', 'PUT', CONFIG, { telephony: 1 })).status).toBe(403);
    expect((await api.call('admin', 'PUT', '/api/admin/users/42', { role: 'king' })).status).toBe(404);
  });

  it('speaks Italian from title to detail', async () => {
    const headers = { 'accept-language': 'it-IT,it;q=0.9,en;q=0.5' };
    const answer = await fetch(`${api.origin}/api/campaigns`, { headers });
    expect(await problemOf(answer)).toMatchObject({
      title: "Serve l'accesso",
      detail: "Per vedere questo serve l'accesso.",
    });
  });
});

describe('a bad credential', () => {
  it.each([
    ['a token that is none', { authorization: 'Bearer nonsense' }, 'auth.invalid_token'],
    ['another scheme', { authorization: 'Basic YTpi' }, 'auth.required'],
    ['a cookie that is none', { cookie: 'vsa_session=nonsense' }, 'auth.required'],
  ])('%s is 401', async (_name, headers, code) => {
    const answer = await fetch(`${api.origin}/api/auth/me`, { headers: { ...headers } });
    expect(await problemOf(answer)).toMatchObject({ status: 401, code });
  });
});

/** A GET whose Host header is of the caller's choice, which fetch does not allow. */
function locationUnder(host: string): Promise<string> {
  const url = new URL(`${api.origin}/api/auth/login`);
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.headers.location ?? '');
    });
    asked.on('error', reject).end();
  });
}

describe('the address of the application', () => {
  it('is the configured one, whatever the Host header says', async () => {
    const redirect = new URL(await locationUnder('evil.example')).searchParams.get('redirect_uri');
    expect(redirect).toBe(`${api.origin}/api/auth/callback`);
  });
});

describe('the documentation', () => {
  it('describes every answer and asks nothing of other servers', async () => {
    const page = await fetch(`${api.origin}/api/docs/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const html = await page.text();
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
  });

  it('is OpenAPI, without what is not for programs', async () => {
    const document = (await (await fetch(`${api.origin}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: unknown }>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/campaigns/{id}', '/api/admin/config', '/health/ready']),
    );
    expect(Object.keys(document.paths)).not.toContain('/*');
    const problem = { $ref: '#/components/responses/Problem' };
    expect(document.paths['/api/auth/sessions/{id}']?.delete?.responses).toEqual({
      204: { description: 'Done' },
      '4XX': problem,
      '5XX': problem,
    });
  });
});
