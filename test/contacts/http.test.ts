import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { campaignRoutes } from '../../app/api/http/campaign-routes.ts';
import { contactRoutes } from '../../app/api/http/contact-routes.ts';
import { exclusionRoutes } from '../../app/api/http/exclusion-routes.ts';
import { handleErrors } from '../../app/api/http/handle-errors.ts';
import { registerRoutes } from '../../app/api/http/register-routes.ts';
import type { Context } from '../../app/context.ts';
import { sha256 } from '../../app/infra/crypto/hash.ts';
import { newId } from '../../app/infra/db/id.ts';
import type { UserRole } from '../../app/infra/db/tables.ts';
import { type CampaignWorld, campaignWorld, ENTERED, NOW } from '../campaigns/a-campaign.ts';

const ORIGIN = 'http://localhost:3000';
let w: CampaignWorld;
let app: FastifyInstance;

beforeAll(async () => {
  w = await campaignWorld();
  const limits = { bytes: 2_000_000, rows: 5_000, cell_characters: 1_000, seconds: 60, silence_seconds: 1 };
  const config = { public_url: ORIGIN, session_idle_minutes: 60, upload_limits: limits };
  app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('account', null);
  handleErrors(app);
  await app.register(cookie);
  const routes = [...campaignRoutes, ...contactRoutes, ...exclusionRoutes];
  const ctx = { ...w.ctx, config } as unknown as Context;
  await app.register(async (scope) => registerRoutes(scope, ctx, routes));
  for (const role of ['admin', 'campaign_manager', 'viewer'] as const) await signIn(role);
});
afterAll(async () => {
  await app.close();
  await w.close();
});

async function signIn(role: UserRole) {
  const id = newId();
  const times = { created_at: NOW, updated_at: NOW };
  await w.db
    .insertInto('user')
    .values({
      id,
      oidc_issuer: 'i',
      oidc_sub: role,
      email: `${role}@example.com`,
      name: role,
      role,
      ...times,
    })
    .execute();
  const seen = { created_at: NOW, last_seen_at: NOW, expires_at: new Date(NOW.getTime() + 3_600_000) };
  await w.db
    .insertInto('session')
    .values({ id: newId(), token_hash: sha256(role), user_id: id, ...seen })
    .execute();
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
function call(method: Method, url: string, body?: object, more: { role?: UserRole; headers?: object } = {}) {
  return app.inject({
    method,
    url,
    ...(body ? { payload: body } : {}),
    cookies: { vsa_session: more.role ?? 'campaign_manager' },
    headers: { origin: ORIGIN, ...more.headers },
  });
}

function send(url: string, csv: string, fields: Record<string, string> = {}) {
  const edge = 'edge-of-the-parts';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="c.csv"\r\ncontent-type: text/csv\r\n\r\n${csv}\r\n`;
  return app.inject({
    method: 'POST',
    url,
    payload: `${parts.join('')}${file}--${edge}--\r\n`,
    cookies: { vsa_session: 'campaign_manager' },
    headers: { origin: ORIGIN, 'content-type': `multipart/form-data; boundary=${edge}` },
  });
}
const created = async () => (await call('POST', '/api/campaigns', ENTERED)).json().id as string;

describe('campaigns over HTTP', () => {
  it('goes from creation to cancellation', async () => {
    const answer = await call('POST', '/api/campaigns', ENTERED);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.etag).toBe('"1"');
    const { id, can, contact_counts } = answer.json();
    expect(can).toMatchObject({ activate: true, pause: false, delete: true });
    expect(contact_counts.total).toBe(0);
    const refused = await call('POST', `/api/campaigns/${id}/activate`, {});
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ code: 'campaign.not_ready' });
    expect(refused.json().checks.length).toBeGreaterThan(10);
    await send(`/api/campaigns/${id}/contacts/upload`, 'phone\n+393471234567\n');
    const started = await call('POST', `/api/campaigns/${id}/activate`);
    expect(started.json()).toMatchObject({ status: 'running', contact_counts: { total: 1, pending: 1 } });
    const deleting = await call('DELETE', `/api/campaigns/${id}`);
    expect(deleting.json()).toMatchObject({ status: 409, possible: ['paused', 'completed', 'cancelled'] });
    const stale = await call('POST', `/api/campaigns/${id}/pause`, undefined, {
      headers: { 'if-match': '"1"' },
    });
    expect(stale.statusCode).toBe(412);
    expect((await call('POST', `/api/campaigns/${id}/pause`)).json().status).toBe('paused');
    expect((await call('POST', `/api/campaigns/${id}/resume`)).json().status).toBe('running');
    expect((await call('POST', `/api/campaigns/${id}/cancel`)).json().status).toBe('cancelled');
    expect((await call('DELETE', `/api/campaigns/${id}`)).statusCode).toBe(204);
    expect((await call('GET', `/api/campaigns/${id}`)).statusCode).toBe(404);
  });

  it('names every fault, in the language of who asks', async () => {
    const headers = { 'accept-language': 'it' };
    const wrong = { ...ENTERED, name: '', time_zone: 'Nowhere' };
    const answer = await call('POST', '/api/campaigns', wrong, { headers });
    expect(answer.statusCode).toBe(422);
    const errors = Object.fromEntries(
      answer.json().errors.map((one: { field: string; message: string }) => [one.field, one.message]),
    );
    expect(Object.keys(errors).sort()).toEqual(['name', 'time_zone']);
    expect(errors.time_zone).toContain('fuso orario');
    expect(errors.name).toContain('Troppo piccolo');
  });

  it('looks for the campaign before it looks at the body', async () => {
    expect((await call('PUT', `/api/campaigns/${newId()}`, { name: '' })).statusCode).toBe(404);
    expect((await call('PUT', `/api/campaigns/${await created()}`, { name: '' })).statusCode).toBe(422);
  });

  it('lists with counts, and shows a viewer everything but the doors', async () => {
    await created();
    const list = await call('GET', '/api/campaigns?status=draft&sort=-name&page_size=1', undefined, {
      role: 'viewer',
    });
    expect(list.json()).toMatchObject({ page: 1, page_size: 1, items: [{ status: 'draft' }] });
    expect(Object.entries(list.json().items[0].can).filter(([, may]) => may)).toEqual([['read', true]]);
    expect((await call('POST', '/api/campaigns', ENTERED, { role: 'viewer' })).statusCode).toBe(403);
    expect((await call('GET', '/api/campaigns?page_size=201')).statusCode).toBe(422);
  });
});

describe('uploads over HTTP', () => {
  it('answer the counts and the first errors, and leave a trail', async () => {
    const id = await created();
    const import_id = newId();
    const url = `/api/campaigns/${id}/contacts/upload?default_country=it&import_id=${import_id}`;
    const csv = 'Recapito A;Lingua\n347 1234567;it\nx;it\n347 1234567;it\n';
    const answer = await send(url, csv, { mapping: '{"phone_number":"Recapito A"}' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      import_id,
      total_rows: 3,
      accepted_count: 1,
      rejected_count: 1,
      duplicate_count: 1,
      acceptance_rate: 1 / 3,
      errors: [{ line_number: 3, field: 'phone_number', code: 'phone.not_a_number', value: 'x' }],
    });
    const progress = await call('GET', `/api/imports/${import_id}`);
    expect(progress.json()).toMatchObject({ status: 'completed', rows: 3, bytes: csv.length });
    const errors = await call('GET', `/api/imports/${import_id}/errors.csv`);
    expect(errors.body.split('\r\n')[0]).toBe('Recapito A,Lingua,error');
    expect((await call('GET', `/api/campaigns/${id}/imports`)).json().items).toHaveLength(1);
    const contacts = await call('GET', `/api/campaigns/${id}/contacts`, undefined, { role: 'viewer' });
    expect(contacts.json().items[0].phone_number).toMatch(/^\+39•+567$/);
  });

  it('are refused by the reason that comes first', async () => {
    const id = await created();
    const url = `/api/campaigns/${id}/contacts/upload`;
    expect((await send(`/api/campaigns/${newId()}/contacts/upload`, 'phone\n')).statusCode).toBe(404);
    const json = await call('POST', url, { phone: 'x' });
    expect([json.statusCode, json.json().code]).toEqual([415, 'request.unsupported_media_type']);
    expect((await call('POST', url)).statusCode).toBe(415);
    const headers = { 'content-type': 'multipart/form-data' };
    expect((await call('POST', url, undefined, { headers })).statusCode).toBe(400);
    const missing = await send(url, 'name\nx\n');
    expect(missing.statusCode).toBe(422);
    expect(missing.json()).toMatchObject({ code: 'import.missing_column', columns_found: ['name'] });
    expect((await send(`${url}?default_country=XX`, 'phone\n')).statusCode).toBe(422);
    await w.db.updateTable('campaign').set({ status: 'running' }).where('id', '=', id).execute();
    await w.db.updateTable('campaign').set({ status: 'completed' }).where('id', '=', id).execute();
    expect((await send(url, 'phone\n')).json()).toMatchObject({ status: 409, code: 'campaign.closed' });
  });

  it('put numbers on the exclusion list, once', async () => {
    const body = { phone_number: '+39 347 7654321', reason: 'asked' };
    const first = await call('POST', '/api/exclusions', body);
    expect([first.statusCode, first.json().phone_number]).toEqual([201, '+393477654321']);
    expect((await call('POST', '/api/exclusions', body)).statusCode).toBe(200);
    expect((await call('POST', '/api/exclusions', { phone_number: '12' })).statusCode).toBe(422);
    const file = await send('/api/exclusions/upload', 'phone\n+393477654321\n+393477654322\n');
    expect(file.json()).toMatchObject({ accepted_count: 1, duplicate_count: 1 });
    const { id } = first.json();
    expect((await call('DELETE', `/api/exclusions/${id}`)).statusCode).toBe(403);
    expect((await call('DELETE', `/api/exclusions/${id}`, undefined, { role: 'admin' })).statusCode).toBe(
      204,
    );
  });
});
