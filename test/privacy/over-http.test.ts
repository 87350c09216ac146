import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, startApi, type TestApi } from '../support/api.ts';
import { importPeople } from './import-people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field.
type Answer = any;
async function json(
  method: string,
  url: string,
  body?: unknown,
  account: Account = 'admin',
): Promise<Answer> {
  return (await api.call(account, method, url, body)).json();
}
const status = async (method: string, url: string, body?: unknown) =>
  (await api.call('admin', method, url, body)).status;

const HEADER = 'phone_number,email,external_contact_id\n';
const find = (phone_number: string) =>
  json('GET', `/api/contacts/search?${new URLSearchParams({ phone_number })}`);

describe('the rights of a person, over HTTP', () => {
  it('found by number, however it is written, and by address, in all campaigns', async () => {
    const people = `${HEADER}+393331110001,Ada@example.com,a-1\n+393331110002,b@example.com,b-1\n`;
    const campaigns = [await importPeople(api, people), await importPeople(api, people)];
    for (const written of ['+393331110001', '+39 333 111 0001', '393331110001']) {
      const found = await find(written);
      expect(found.total).toBe(2);
      expect(found.items.map((item: Answer) => item.campaign_id).sort()).toEqual(campaigns.sort());
    }
    // A plus that nobody encoded arrives as a space.
    expect(await json('GET', '/api/contacts/search?phone_number=+393331110001')).toMatchObject({ total: 2 });
    expect(await json('GET', '/api/contacts/search?email=ada%40EXAMPLE.com')).toMatchObject({ total: 2 });
    expect(await json('GET', '/api/contacts/search?phone_number=%2B393331119999')).toMatchObject({
      total: 0,
    });
    expect(await status('GET', '/api/contacts/search')).toBe(422);
    expect(await status('GET', '/api/contacts/search?phone_number=hello')).toBe(422);
    expect((await api.call('manager', 'GET', '/api/contacts/search?email=a')).status).toBe(403);
  });

  it('corrected, and the audit log names the fields, not the person', async () => {
    await importPeople(api, `${HEADER}+393331110003,c@example.com,c-1\n+393331110004,d@example.com,d-1\n`);
    const { items } = await find('+393331110003');
    const url = `/api/contacts/${items[0].id}`;
    const corrected = await json('PATCH', url, { email: 'new@example.com', phone_number: '+447911123456' });
    expect(corrected).toMatchObject({
      email: 'new@example.com',
      phone_number: '+447911123456',
      time_zone_source: 'number',
      external_contact_id: 'c-1',
    });
    expect(corrected.time_zones).toContain('Europe/London');
    const log = await json('GET', '/api/admin/audit-log');
    const entry = log.items.find((one: Answer) => one.action === 'contact.rectified');
    expect(Object.keys(entry.changes).sort()).toEqual(['email', 'phone_number']);
    expect(entry.changes.email.new).toMatch(/^hmac-sha256:[0-9a-f]{64}$/);
    expect(JSON.stringify(log)).not.toMatch(/new@example|447911/);

    for (const wrong of [{ email: 'nobody' }, { phone_number: '12' }, { state: 'completed' }]) {
      expect(await status('PATCH', url, wrong)).toBe(422);
    }
    expect(await json('PATCH', url, { phone_number: '+393331110004' })).toMatchObject({
      status: 409,
      code: 'contact.number_taken',
    });
    await json('POST', '/api/exclusions', { phone_number: '+393331110005' });
    expect(await json('PATCH', url, { phone_number: '+393331110005' })).toMatchObject({
      state: 'excluded',
      excluded_reason: 'exclusion_list',
    });
  });

  it('held, then erased with a certificate, then a stranger', async () => {
    await importPeople(api, `${HEADER}+393331110006,e@example.com,e-1\n`);
    const [{ id }] = (await find('+393331110006')).items;
    const hold = `/api/contacts/${id}/legal-hold`;
    expect(await status('PUT', hold, { legal_hold: true })).toBe(422);
    expect(await json('PUT', hold, { legal_hold: true, reason: 'a court' })).toMatchObject({
      legal_hold: true,
    });
    expect(await json('DELETE', `/api/contacts/${id}`)).toMatchObject({ code: 'contact.legal_hold' });
    expect((await find('+393331110006')).items[0].legal_hold).toBe(true);
    const holds = await json('GET', '/api/admin/legal-holds');
    expect(holds).toMatchObject({
      total: 1,
      items: [{ contact_id: id, external_contact_id: 'e-1', reason: 'a court' }],
    });
    expect(JSON.stringify(holds)).not.toContain('+39333111');
    await json('PUT', hold, { legal_hold: false });

    expect(await json('GET', `/api/contacts/${id}/data`)).toMatchObject({
      contacts: [{ id, email: 'e@example.com' }],
      legal_holds: [],
    });
    const answer = await api.call('admin', 'DELETE', `/api/contacts/${id}`);
    expect(answer.status).toBe(204);
    const certificate = await json('GET', answer.headers.get('location')!);
    expect(certificate).toMatchObject({ status: 'completed', contact_ids: [id] });
    expect(certificate.stores).toContainEqual({ store: 'contacts', result: 'erased', count: 1 });
    expect((await json('GET', '/api/admin/erasures')).items[0].id).toBe(certificate.id);
    const gone = await find('+393331110006');
    expect(gone).toMatchObject({ total: 0, exclusions: [{ reason: 'erasure', campaign_id: null }] });
    for (const [method, path] of [
      ['GET', `/data`],
      ['DELETE', ''],
      ['PUT', '/legal-hold'],
    ] as const) {
      const body = method === 'PUT' ? { legal_hold: false } : undefined;
      expect(await status(method, `/api/contacts/${id}${path}`, body)).toBe(404);
    }
  });

  it('imported again after an erasure is excluded, and never dialled', async () => {
    await importPeople(api, `${HEADER}+393331110007,f@example.com,f-1\n`);
    const [{ id }] = (await find('+393331110007')).items;
    await api.call('admin', 'DELETE', `/api/contacts/${id}`);
    await importPeople(api, `${HEADER}+393331110007,f@example.com,f-1\n`);
    expect((await find('+393331110007')).items[0]).toMatchObject({
      state: 'excluded',
      excluded_reason: 'exclusion_list',
    });
  });
});
