import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { type Account, startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startApi();
  id = ((await json('manager', 'POST', '/api/campaigns', CAMPAIGNS.it)) as { id: string }).id;
});
afterAll(() => api.stop());

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field.
type Answer = any;

async function json(account: Account, method: string, url: string, body?: unknown): Promise<Answer> {
  return (await api.call(account, method, url, body)).json();
}

function file(bytes: string | Buffer, name = 'contacts.csv'): FormData {
  const form = new FormData();
  form.set('file', new Blob([bytes as never]), name);
  return form;
}

describe('a manager’s way through the API', () => {
  it('reports every fault of a campaign at once, each with its field', async () => {
    const answer = await api.call('manager', 'POST', '/api/campaigns', {
      ...CAMPAIGNS.en,
      name: '',
      allowed_weekdays: [],
      allowed_call_start_local: '21:00',
      allowed_call_end_local: '09:00',
      time_zone: 'Mars/Olympus',
      max_attempts: 9,
    });
    expect(answer.status).toBe(422);
    const { errors, code } = (await answer.json()) as Answer;
    expect(code).toBe('request.invalid');
    const fields = errors.map((one: { field: string }) => one.field);
    expect(fields).toEqual(
      expect.arrayContaining([
        'name',
        'allowed_weekdays',
        'time_zone',
        'max_attempts',
        'allowed_call_end_local',
      ]),
    );
  });

  it('lists what is missing and refuses to start without it', async () => {
    const { ready, checks } = await json('viewer', 'GET', `/api/campaigns/${id}/readiness`);
    expect(ready).toBe(false);
    const missing = checks.filter((check: Answer) => !check.ok).map((check: Answer) => check.code);
    expect(missing).toContain('contacts.present');
    const refused = await api.call('manager', 'POST', `/api/campaigns/${id}/activate`, {});
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'campaign.not_ready', checks: expect.any(Array) });
  });

  it('takes a file as an Italian Excel saves it and accounts for every row', async () => {
    const csv = Buffer.from(
      [
        'Codice;Telefono;E-mail;Lingua;Consenso;Non chiamare',
        'A-1;347 123 4501;anna@example.net;it;sì;no',
        'A-2;+39 347 123 4502;;italiano;vero;',
        'A-3;3,93E+11;;it;;',
        ';;;;;',
        'A-4;347 123 4501;doppione@example.net;it;;',
        'A-5;347 123 4505;non-un-indirizzo;it;forse;',
        "A-6;'+393471234506;perché@example.net;it;x;x",
        'A-7;+39 347 123 4507;carlo@example.net;it;;sì',
      ].join('\r\n'),
      'latin1',
    );
    const url = `/api/campaigns/${id}/contacts/upload?default_country=IT`;
    const report = await json('manager', 'POST', url, file(csv));
    expect(report).toMatchObject({ total_rows: 7, duplicate_count: 1, excluded_count: 2 });
    expect(report.accepted_count + report.rejected_count + report.duplicate_count).toBe(report.total_rows);
    const codes = report.errors.map((one: Answer) => [one.line_number, one.field, one.code]);
    expect(codes).toEqual(
      expect.arrayContaining([
        [4, 'phone_number', 'phone.rounded_by_spreadsheet'],
        [7, 'email', 'email.not_valid'],
        [7, 'has_prior_consent', 'boolean.unknown'],
      ]),
    );

    const rejected = await (
      await api.call('manager', 'GET', `/api/imports/${report.import_id}/errors.csv`)
    ).text();
    const rows = parse(rejected, { columns: true }) as Record<string, string>[];
    expect(rows.length).toBe(report.rejected_count);
    expect(rows[0]).toMatchObject({ Codice: 'A-3', error: expect.stringContaining('phone_number') });

    const again = await json('manager', 'POST', url, file(csv));
    expect(again).toMatchObject({ accepted_count: 0, same_file_as: report.import_id });
  });

  it.each([
    ['no phone column', 'name,mail\nx,y\n', 422, 'import.missing_column'],
    ['nothing at all', '', 422, 'import.unreadable'],
  ])('refuses a file with %s and keeps nothing of it', async (_what, text, status, code) => {
    const before = (await json('manager', 'GET', `/api/campaigns/${id}/contacts`)).total;
    const answer = await api.call('manager', 'POST', `/api/campaigns/${id}/contacts/upload`, file(text));
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
    expect((await json('manager', 'GET', `/api/campaigns/${id}/contacts`)).total).toBe(before);
  });

  it('shows viewers no whole number and no address', async () => {
    const { items } = await json('viewer', 'GET', `/api/campaigns/${id}/contacts`);
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      expect(item.phone_number).toMatch(/^\+39•+\d{3}$/);
      if (item.email) expect(item.email).toContain('•••');
    }
  });

  it('lets nobody find out a masked number digit by digit', async () => {
    const totalFor = async (q: string) =>
      (await json('viewer', 'GET', `/api/campaigns/${id}/contacts?q=${encodeURIComponent(q)}`)).total;
    expect([await totalFor('4502'), await totalFor('+3934712345'), await totalFor('39347')]).toEqual([
      0, 0, 0,
    ]);
    expect(await totalFor('+39 347 123 4502')).toBe(1);
    expect((await json('manager', 'GET', `/api/campaigns/${id}/contacts?q=4502`)).total).toBe(1);
  });

  it('excludes a number at any moment, once', async () => {
    const body = { phone_number: '+393471234502', reason: 'asked by letter' };
    expect((await api.call('manager', 'POST', '/api/exclusions', body)).status).toBe(201);
    expect((await api.call('manager', 'POST', '/api/exclusions', body)).status).toBe(200);
    const { items } = await json('manager', 'GET', `/api/campaigns/${id}/contacts?q=4502`);
    expect(items[0]).toMatchObject({ state: 'excluded', excluded_reason: 'exclusion_list' });
    const why = await json('viewer', 'GET', `/api/campaigns/${id}/contacts/${items[0].id}/eligibility`);
    expect(why.eligible).toBe(false);
    expect(why.gates.filter((gate: Answer) => !gate.ok).map((gate: Answer) => gate.code)).toContain(
      'not_excluded',
    );
  });

  it('exports one row per terminal contact, as CSV and as a workbook, and writes both down', async () => {
    const answer = await api.call('manager', 'GET', `/api/campaigns/${id}/export?format=csv&reason=weekly`);
    const csv = await answer.text();
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="biblioteca[^"]*\.csv"; filename\*=UTF-8/,
    );
    expect(csv.split('\r\n')[0]).toMatch(
      /^campaign_id,contact_id,external_contact_id,phone_number,outcome,attempt_count,last_attempt_at,completed_at,q1_answer,q2_answer,q3_answer/,
    );
    const rows = parse(csv, { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row.outcome)).toEqual(['excluded', 'excluded', 'excluded']);
    const workbook = await api.call('manager', 'GET', `/api/campaigns/${id}/export?format=xlsx`);
    expect(
      Buffer.from(await workbook.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const { items } = await json('viewer', 'GET', `/api/campaigns/${id}/exports`);
    expect(items).toHaveLength(2);
    expect(items.at(-1)).toMatchObject({ format: 'csv', rows: 3, reason: 'weekly', status: 'completed' });
  });

  it('starts, pauses, resumes and cancels, and says what is possible instead', async () => {
    const telephony = { provider_name: 'twilio', outbound_number: '+390299990000' };
    await json('admin', 'PUT', '/api/admin/config', { telephony });
    const active = await json('manager', 'POST', `/api/campaigns/${id}/activate`, {});
    expect(active).toMatchObject({ status: 'running', can: { pause: true, activate: false } });
    const locked = await api.call('manager', 'PUT', `/api/campaigns/${id}`, {
      ...CAMPAIGNS.it,
      question_1_text: 'Altro?',
    });
    expect(await locked.json()).toMatchObject({
      status: 409,
      code: 'campaign.field_locked',
      errors: [{ field: 'question_1_text' }],
    });
    expect(await json('manager', 'POST', `/api/campaigns/${id}/pause`)).toMatchObject({ status: 'paused' });
    const bad = await json('manager', 'POST', `/api/campaigns/${id}/pause`);
    expect(bad).toMatchObject({ status: 409, code: 'campaign.bad_move', possible: ['running', 'cancelled'] });
    const stale = await fetch(`${api.origin}/api/campaigns/${id}/resume`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await api.token('manager')}`, 'if-match': '"1"' },
    });
    expect(stale.status).toBe(412);
    expect(await json('manager', 'POST', `/api/campaigns/${id}/cancel`)).toMatchObject({
      status: 'cancelled',
    });
    const closed = await api.call(
      'manager',
      'POST',
      `/api/campaigns/${id}/contacts/upload`,
      file('phone\n+393471234588\n'),
    );
    expect(await closed.json()).toMatchObject({ code: 'campaign.closed' });
    const copy = await json('manager', 'POST', `/api/campaigns/${id}/duplicate`);
    expect(copy).toMatchObject({ status: 'draft', contact_counts: { total: 0 } });
    expect((await api.call('manager', 'DELETE', `/api/campaigns/${copy.id}`)).status).toBe(204);
    expect((await api.call('viewer', 'GET', `/api/campaigns/${copy.id}`)).status).toBe(404);
  });
});
