import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMPAIGN_FIELDS } from '../../app/campaigns/campaign-input.ts';
import { type Account, startApi, type TestApi } from '../support/api.ts';
import { ENTERED } from './a-campaign.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

// biome-ignore lint/suspicious/noExplicitAny: what a client of any kind would read.
type Answer = any;
type Asked = { language?: 'it'; if_match?: string };

async function ask(account: Account, method: string, path: string, body?: unknown, asked: Asked = {}) {
  const answer = await fetch(`${api.origin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await api.token(account)}`,
      'accept-language': asked.language ?? 'en',
      ...(asked.if_match === undefined ? {} : { 'if-match': asked.if_match }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    etag: answer.headers.get('etag'),
    json: (text ? JSON.parse(text) : null) as Answer,
  };
}
const create = async (entered: Record<string, unknown> = {}) =>
  (await ask('manager', 'POST', '/api/campaigns', { ...ENTERED, ...entered })).json;
const setStatus = (id: string, status: 'running' | 'scheduled' | 'paused') =>
  api.db.updateTable('campaign').set({ status }).where('id', '=', id).execute();

describe('entering a campaign', () => {
  it('answers 201 with the entity, its ETag and what this user may do', async () => {
    const { status, etag, json } = await ask('manager', 'POST', '/api/campaigns', ENTERED);
    expect([status, etag]).toEqual([201, '"1"']);
    expect(json).toMatchObject({
      ...ENTERED,
      status: 'draft',
      progress: null,
      needs_approval: false,
      locked_fields: [],
      can: { edit: true, activate: true, approve: false, pause: false, delete: true },
    });
    const { en } = json.spoken_seconds;
    expect(en.total).toBe(en.intro + en.questions[0] + en.questions[1] + en.questions[2]);
    expect((await ask('viewer', 'GET', `/api/campaigns/${json.id}`)).json.can).toEqual(
      expect.objectContaining({ read: true, edit: false, activate: false, duplicate: false }),
    );
    // There is nothing to approve of a general topic.
    expect((await ask('admin', 'GET', `/api/campaigns/${json.id}`)).json.can.approve).toBe(false);
  });

  it('tells all faults at once, each at its field, in the language asked for', async () => {
    const wrong = {
      ...ENTERED,
      name: '',
      max_attempts: 6,
      allowed_weekdays: [],
      allowed_call_start_local: '9 o’clock',
      time_zone: 'Rome',
      question_1_scale_min: 5,
      question_1_scale_max: 5,
    };
    const fields = [
      'allowed_call_start_local',
      'allowed_weekdays',
      'max_attempts',
      'name',
      'question_1_scale_max',
      'time_zone',
    ];
    const draft = await create();
    const attempts = [
      ['POST', '/api/campaigns'],
      ['PUT', `/api/campaigns/${draft.id}`],
    ] as const;
    for (const [method, path] of attempts) {
      const english = await ask('manager', method, path, wrong);
      const italian = await ask('manager', method, path, wrong, { language: 'it' });
      expect([english.status, italian.status]).toEqual([422, 422]);
      const named = (answer: Answer) => answer.errors.map((fault: Answer) => fault.field).sort();
      expect([named(english.json), named(italian.json)]).toEqual([fields, fields]);
      const said = (answer: Answer) => answer.errors.map((fault: Answer) => fault.message);
      for (const message of said(italian.json)) expect(said(english.json)).not.toContain(message);
    }
  });

  it('describes every field of a change to its clients', async () => {
    const { paths } = (await ask('viewer', 'GET', '/api/openapi.json')).json;
    const { schema } = paths['/api/campaigns/{id}'].put.requestBody.content['application/json'];
    expect(Object.keys(schema.properties).sort()).toEqual([...CAMPAIGN_FIELDS].sort());
  });

  it('keeps nothing of a text that no database can hold, and finds nothing by one', async () => {
    expect((await ask('manager', 'POST', '/api/campaigns', { ...ENTERED, name: 'a\0b' })).status).toBe(422);
    expect((await ask('viewer', 'GET', '/api/campaigns?q=%00')).status).toBe(422);
  });
});

describe('changing a campaign', () => {
  it('is refused with 412 when somebody was faster, and only where it was asked', async () => {
    const { id } = await create();
    const path = `/api/campaigns/${id}`;
    const first = await ask('manager', 'PUT', path, { ...ENTERED, name: 'First' }, { if_match: '"1"' });
    expect([first.status, first.etag]).toEqual([200, '"2"']);
    const stale = await ask('admin', 'PUT', path, { ...ENTERED, name: 'Second' }, { if_match: '"1"' });
    expect([stale.status, stale.json.code]).toEqual([412, 'request.stale']);
    for (const if_match of ['"x"', '3', 'W/"9"']) {
      expect((await ask('admin', 'DELETE', path, undefined, { if_match })).status).toBe(412);
    }
    expect((await ask('admin', 'PUT', path, { ...ENTERED, name: 'Third' }, { if_match: '*' })).status).toBe(
      200,
    );
    expect((await ask('admin', 'PUT', path, { ...ENTERED, name: 'Fourth' })).json.revision).toBe(4);
  });

  it.each(['scheduled', 'running', 'paused'] as const)(
    'tells while %s what is locked and why, in both languages',
    async (status) => {
      const { id } = await create();
      if (status === 'paused') await setStatus(id, 'running');
      await setStatus(id, status);
      const path = `/api/campaigns/${id}`;
      const { locked_fields } = (await ask('viewer', 'GET', path, undefined, { language: 'it' })).json;
      const names = locked_fields.map((one: Answer) => one.field);
      expect(names).toEqual(expect.arrayContaining(['intro_script', 'question_1_text', 'language', 'topic']));
      for (const field of [
        'name',
        'description',
        'allowed_weekdays',
        'max_attempts',
        'email_refused_template_id',
      ]) {
        expect(names).not.toContain(field);
      }
      const change = { ...ENTERED, intro_script: 'Hello?', question_2_type: 'free_text' };
      const english = await ask('manager', 'PUT', path, change);
      const italian = await ask('manager', 'PUT', path, change, { language: 'it' });
      expect([english.status, english.json.code]).toEqual([409, 'campaign.field_locked']);
      expect(english.json.errors.map((one: Answer) => one.field)).toEqual([
        'intro_script',
        'question_2_type',
      ]);
      expect(english.json.errors[0].message).toContain('duplicate');
      expect(italian.json.errors[0].message).toMatch(/dupli/);
      expect(locked_fields).toEqual(expect.arrayContaining(italian.json.errors));
      const allowed = await ask('manager', 'PUT', path, {
        ...ENTERED,
        max_attempts: 5,
        call_on_public_holidays: true,
      });
      expect(allowed.json).toMatchObject({ max_attempts: 5, script_version: 1 });
    },
  );

  it('offers a copy as the way out, and writes down whose copy it is', async () => {
    const { id } = await create({ topic: 'health', scheduled_at: '2030-01-01T09:00:00Z' });
    const copy = await ask('manager', 'POST', `/api/campaigns/${id}/duplicate`);
    expect(copy.status).toBe(201);
    expect(copy.json).toMatchObject({
      status: 'draft',
      topic: 'health',
      scheduled_at: null,
      needs_approval: true,
    });
    const entry = await api.db
      .selectFrom('audit_log_entry')
      .select(['action', 'changes'])
      .where('entity_id', '=', copy.json.id)
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({
      action: 'campaign.duplicated',
      changes: { duplicate_of: { previous: null, new: id }, topic: { previous: null, new: 'health' } },
    });
  });
});

describe('a campaign that does not exist, or no longer', () => {
  it.each([
    ['PUT', '', { name: 5 }],
    ['POST', '/activate', { scheduled_at: 'tomorrow' }],
    ['POST', '/approve', {}],
    ['POST', '/pause', undefined],
    ['POST', '/duplicate', undefined],
    ['GET', '/readiness', undefined],
    ['DELETE', '', undefined],
  ])('answers 404 to %s %s, whatever is sent', async (method, action, body) => {
    const { id } = await create();
    expect((await ask('manager', 'DELETE', `/api/campaigns/${id}`)).status).toBe(204);
    for (const gone of [id, '018f0000-0000-7000-8000-0000000000ff', 'no-uuid']) {
      const { status, json } = await ask('admin', method, `/api/campaigns/${gone}${action}`, body);
      expect([status, json.code]).toEqual([404, 'resource.not_found']);
    }
  });
});

describe('approving', () => {
  it('is for administrators, with a reason, and shows who did', async () => {
    const { id } = await create({ topic: 'finance' });
    const path = `/api/campaigns/${id}/approve`;
    const mayApprove = async (account: Account) =>
      (await ask(account, 'GET', `/api/campaigns/${id}`)).json.can.approve;
    expect([await mayApprove('admin'), await mayApprove('manager')]).toEqual([true, false]);
    expect((await ask('manager', 'POST', path, { reason: 'x' })).status).toBe(403);
    expect((await ask('admin', 'POST', path, { reason: ' ' })).status).toBe(422);
    expect((await ask('admin', 'POST', path, { reason: 'x' }, { if_match: '"7"' })).status).toBe(412);
    const { status, json } = await ask('admin', 'POST', path, { reason: 'wording agreed' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      needs_approval: false,
      can: { approve: false },
      approval: { reason: 'wording agreed', approved_by_name: expect.any(String) },
    });
    expect(Number.isNaN(Date.parse(json.approval.approved_at))).toBe(false);
    const { items } = (await ask('viewer', 'GET', '/api/campaigns?q=library&sort=-created_at&page_size=1'))
      .json;
    expect(items[0]).toMatchObject({ id, approval: { reason: 'wording agreed' } });
  });
});
