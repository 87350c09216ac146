import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
const seen: string[] = [];
const model = createServer((request, response) => {
  seen.push(`${request.url} ${request.headers.authorization}`);
  response.statusCode = request.headers.authorization === 'Bearer the-right-key' ? 200 : 401;
  response.end('{"data":[],"secret":"inside"}');
});
let base_url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve));
  base_url = `http://127.0.0.1:${(model.address() as AddressInfo).port}/v1`;
  api = await startApi({ INTERNAL_HOSTS_ALLOWED: '127.0.0.1' });
});
afterAll(async () => {
  await api.stop();
  model.close();
});

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field.
type Answer = any;
const config = '/api/admin/config';
async function json(method: string, url: string, body?: unknown): Promise<Answer> {
  return (await api.call('admin', method, url, body)).json();
}
const put = (body: unknown) => json('PUT', config, body);
const test = (section: string) => json('POST', `${config}/test`, { section });

describe('the settings, over HTTP', () => {
  it.each([
    ['telephony', 'outbound_number', '0299990000'],
    ['telephony', 'outbound_number', 'hello'],
    ['telephony', 'max_concurrent_calls', 0],
    ['telephony', 'calls_per_second', -1],
    ['telephony', 'provider_name', 'nobody'],
    ['llm', 'llm_provider', 'nobody'],
    ['llm', 'base_url', 'not a url'],
    ['llm', 'timeout_ms', 1],
    ['email', 'port', 70_000],
    ['retention', 'recording_retention_days', -1],
    ['retention', 'transcript_retention_days', 0],
    ['retention', 'consent_retention_days', -5],
    ['retention', 'answer_retention_days', 4_000],
    ['retention', 'phone_number_retention_days', 1.5],
  ])('refuse %s.%s = %s, by name', async (section, field, value) => {
    const before = await json('GET', config);
    const refused = await put({ [section]: { [field]: value } });
    expect(refused).toMatchObject({ status: 422, errors: [{ field: `${section}.${field}` }] });
    expect(await json('GET', config)).toEqual(before);
  });

  it('know which models a provider has', async () => {
    const refused = await put({ llm: { llm_provider: 'openai', llm_model: 'claude-sonnet-4-5' } });
    expect(refused).toMatchObject({ status: 422, code: 'settings.unknown_model' });
    const taken = await put({ llm: { llm_provider: 'anthropic', llm_model: 'claude-sonnet-4-5' } });
    expect(taken.llm).toMatchObject({ llm_provider: 'anthropic', llm_model: 'claude-sonnet-4-5' });
    await put({ llm: { llm_provider: 'none', llm_model: null } });
  });

  it('have a revision; who read an older one changes nothing', async () => {
    const { revision } = await json('GET', config);
    const change = async (ifMatch: string) => {
      const headers = {
        authorization: `Bearer ${await api.token('admin')}`,
        'content-type': 'application/json',
        'if-match': ifMatch,
      };
      const body = JSON.stringify({ topics: { politics_allowed: true } });
      return fetch(`${api.origin}${config}`, { method: 'PUT', headers, body });
    };
    expect((await change(`"${revision}"`)).status).toBe(200);
    expect((await change(`"${revision}"`)).status).toBe(412);
    expect(await json('GET', config)).toMatchObject({
      revision: revision + 1,
      topics: { politics_allowed: true },
    });
  });
});

describe('the test of a connection', () => {
  it('says what is missing, and needs nothing for the rules', async () => {
    expect(await test('telephony')).toMatchObject({ ok: false, code: 'not_configured' });
    expect(await test('llm')).toMatchObject({ ok: true, code: 'not_needed' });
    expect(await test('nothing')).toMatchObject({ status: 422 });
  });

  it('tries what was just saved, and tells nothing of the answer', async () => {
    await put({
      llm: { llm_provider: 'openai-compatible', llm_model: 'm', base_url, api_key: 'a-wrong-key' },
    });
    expect(await test('llm')).toMatchObject({ ok: false, code: 'refused' });
    await put({ llm: { api_key: 'the-right-key' } });
    const connected = await test('llm');
    expect(connected).toMatchObject({ section: 'llm', ok: true, code: 'connected' });
    expect(JSON.stringify(connected)).not.toContain('inside');
    expect(seen).toEqual(['/v1/models Bearer a-wrong-key', '/v1/models Bearer the-right-key']);
  });

  it.each(['http://localhost', 'http://[::1]', 'http://169.254.169.254/latest', 'http://10.0.0.1'])(
    'never asks %s',
    async (address) => {
      await put({ llm: { base_url: address } });
      expect(await test('llm')).toMatchObject({ ok: false, code: 'internal_address' });
    },
  );

  it('never asks a mail server inside, and says so in Italian too', async () => {
    await put({ email: { host: 'localhost', port: 25 } });
    const headers = {
      authorization: `Bearer ${await api.token('admin')}`,
      'content-type': 'application/json',
      'accept-language': 'it',
    };
    const body = JSON.stringify({ section: 'email' });
    const answer = await fetch(`${api.origin}${config}/test`, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({
      code: 'internal_address',
      message: expect.stringContaining('rete'),
    });
  });
});

describe('profiles of countries, over HTTP', () => {
  it('are there from the start, and advise', async () => {
    const { items } = await json('GET', '/api/admin/jurisdictions');
    expect(items.map((one: Answer) => `${one.country} ${one.mode}`)).toEqual([
      'GB advise',
      'IT advise',
      'US advise',
      'unknown advise',
    ]);
  });

  it('change with a reason that the audit log keeps', async () => {
    const url = '/api/admin/jurisdictions/IT';
    expect(await json('PUT', url, { mode: 'enforce' })).toMatchObject({ status: 422 });
    expect(await json('PUT', url, { mode: 'enforce', reason: 'counsel confirmed' })).toMatchObject({
      country: 'IT',
      mode: 'enforce',
      weekday_start: '09:00',
    });
    expect(await json('PUT', url, { weekday_start: '21:00', reason: 'r' })).toMatchObject({
      status: 422,
      errors: [{ field: 'weekday_end' }],
    });
    const log = await json('GET', '/api/admin/audit-log?action=jurisdiction.updated');
    expect(log.items[0]).toMatchObject({
      entity_id: 'IT',
      changes: { mode: { previous: 'advise', new: 'enforce' }, reason: { new: 'counsel confirmed' } },
    });
  });

  it('may be made for another country, and for no place that is none', async () => {
    expect(await json('PUT', '/api/admin/jurisdictions/FR', { max_attempts: 2, reason: 'r' })).toMatchObject({
      country: 'FR',
      prior_consent_needed: true,
      max_attempts: 2,
    });
    expect((await api.call('admin', 'PUT', '/api/admin/jurisdictions/XX', { reason: 'r' })).status).toBe(404);
  });
});

describe('the answer of a register of objections', () => {
  const url = '/api/admin/jurisdictions/GB/register-check';
  const send = (text: string, account: 'admin' | 'manager' = 'admin') => {
    const form = new FormData();
    form.set('file', new Blob([text]), 'tps-2026-11.csv');
    return api.call(account, 'POST', url, form);
  };
  const profile = async () => {
    const { items } = await json('GET', '/api/admin/jurisdictions');
    return items.find(({ country }: Answer) => country === 'GB');
  };

  it('with a row that cannot be read excludes the others, and is no check', async () => {
    const before = await profile();
    const answer: Answer = await (await send('phone_number\n02079460018\nnot a number\n')).json();
    expect(answer).toMatchObject({ accepted_count: 1, rejected_count: 1, register_checked_at: null });
    expect(await profile()).toEqual(before);
    const { items } = await json('GET', '/api/exclusions?q=%2B442079460018');
    expect(items).toHaveLength(1);
  });

  it('read whole is the check: numbers excluded, date and file noted, audited', async () => {
    const answer: Answer = await (await send('phone_number\n02079460018\n02079460019\n')).json();
    expect(answer).toMatchObject({ accepted_count: 1, duplicate_count: 1, rejected_count: 0 });
    expect(await profile()).toMatchObject({
      register_checked_at: answer.register_checked_at,
      register_file_name: 'tps-2026-11.csv',
    });
    expect(Date.now() - Date.parse(answer.register_checked_at)).toBeLessThan(60_000);
    const log = await json('GET', '/api/admin/audit-log?action=jurisdiction.updated');
    expect(log.items[0]).toMatchObject({
      entity_id: 'GB',
      changes: { register_file_name: { new: 'tps-2026-11.csv' }, reason: { new: 'register check' } },
    });
  });

  it('without anybody on it is a check, too; from a manager, or where no register is, it is none', async () => {
    const { register_checked_at: before } = await profile();
    const answer: Answer = await (await send('phone_number\n')).json();
    expect(answer).toMatchObject({ total_rows: 0, rejected_count: 0 });
    expect(Date.parse(answer.register_checked_at)).toBeGreaterThanOrEqual(Date.parse(before));
    expect((await send('phone_number\n', 'manager')).status).toBe(403);
    await json('PUT', '/api/admin/jurisdictions/FR', {
      register_name: null,
      register_max_age_days: null,
      reason: 'r',
    });
    const form = new FormData();
    form.set('file', new Blob(['phone_number\n']), 'none.csv');
    const refused = await api.call('admin', 'POST', '/api/admin/jurisdictions/FR/register-check', form);
    expect(await refused.json()).toMatchObject({ status: 422, errors: [{ field: 'register_name' }] });
  });
});

it('the audit log is taken out as CSV, filtered, and that is in the log', async () => {
  const csv = await api.call('admin', 'GET', '/api/admin/audit-log?format=csv&entity=jurisdiction_profile');
  expect(csv.headers.get('content-type')).toContain('text/csv');
  const lines = (await csv.text()).trim().split('\r\n');
  expect(lines[0]).toBe('id,at,user_id,user_name,action,entity,entity_id,field,previous,new');
  expect(lines.slice(1).every((line) => line.includes('jurisdiction_profile'))).toBe(true);
  const log = await json('GET', '/api/admin/audit-log?action=audit_log.');
  expect(log.items[0]).toMatchObject({ action: 'audit_log.exported' });
});
