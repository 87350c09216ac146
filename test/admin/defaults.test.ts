import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field.
type Answer = any;
const config = '/api/admin/config';
async function json(method: string, url: string, body?: unknown): Promise<Answer> {
  return (await api.call('admin', method, url, body)).json();
}
const put = (body: unknown) => json('PUT', config, body);

describe('the defaults of new campaigns', () => {
  const wording = {
    name: 'Defaults',
    language: 'en',
    organization_name: 'Northfield Library',
    intro_script: CAMPAIGNS.en.intro_script,
    question_1_text: 'One?',
    question_2_text: 'Two?',
    question_3_text: 'Three?',
    question_1_type: 'free_text',
    question_2_type: 'numeric',
    question_3_type: 'scale',
  };
  const create = (more: object = {}) => json('POST', '/api/campaigns', { ...wording, ...more });

  it('are what they always were, until somebody changes them', async () => {
    expect((await json('GET', config)).defaults).toEqual({
      max_attempts: 3,
      retry_interval_minutes: 60,
      allowed_call_start_local: '09:00',
      allowed_call_end_local: '20:00',
      allowed_weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
      call_on_public_holidays: false,
      time_zone: null,
    });
    expect(await create()).toMatchObject({ max_attempts: 3, allowed_call_end_local: '20:00' });
  });

  it('count for what a new campaign leaves out, and for nothing else; older ones keep theirs', async () => {
    const older = await create();
    const defaults = {
      max_attempts: 2,
      retry_interval_minutes: 240,
      allowed_call_start_local: '10:00',
      allowed_weekdays: ['sat', 'mon'],
      time_zone: 'Europe/Rome',
    };
    expect((await put({ defaults })).defaults).toMatchObject({
      ...defaults,
      allowed_weekdays: ['mon', 'sat'],
    });
    const manager = await api.call('manager', 'GET', '/api/campaign-defaults');
    expect(await manager.json()).toMatchObject({ max_attempts: 2, time_zone: 'Europe/Rome' });
    expect(await create()).toMatchObject({ ...defaults, allowed_weekdays: ['mon', 'sat'] });
    expect(await create({ max_attempts: 5, time_zone: null, allowed_call_end_local: '18:30' })).toMatchObject(
      {
        max_attempts: 5,
        time_zone: null,
        allowed_call_start_local: '10:00',
        allowed_call_end_local: '18:30',
        retry_interval_minutes: 240,
      },
    );
    // Half a window that makes none with the other half.
    expect(await create({ allowed_call_end_local: '09:30' })).toMatchObject({
      status: 422,
      errors: [{ field: 'allowed_call_end_local' }],
    });
    expect(await json('GET', `/api/campaigns/${older.id}`)).toMatchObject({ max_attempts: 3 });
    const log = await json('GET', '/api/admin/audit-log?action=settings.updated');
    expect(log.items[0].changes.default_max_attempts).toEqual({ previous: 3, new: 2 });
  });

  it.each([
    ['max_attempts', 6],
    ['retry_interval_minutes', 0],
    ['allowed_call_start_local', '9 o’clock'],
    ['allowed_call_end_local', '08:00'],
    ['allowed_weekdays', []],
    ['allowed_weekdays', ['lun']],
    ['time_zone', 'Europe/Nowhere'],
  ])('refuse %s = %j', async (field, value) => {
    const before = await json('GET', config);
    const refused = await put({ defaults: { [field]: value } });
    expect(refused).toMatchObject({
      status: 422,
      errors: [{ field: expect.stringContaining(`defaults.${field}`) }],
    });
    expect(await json('GET', config)).toEqual(before);
  });
});
