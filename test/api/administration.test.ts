import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field.
type Answer = any;

async function json(account: Account, method: string, url: string, body?: unknown): Promise<Answer> {
  return (await api.call(account, method, url, body)).json();
}

describe('an administrator’s way through the API', () => {
  it('keeps secrets to itself, and unknown providers out', async () => {
    const changed = await json('admin', 'PUT', '/api/admin/config', {
      telephony: {
        provider_name: 'twilio',
        outbound_number: '+390299990000',
        credentials: { auth_token: 'canary-secret-1234' },
      },
    });
    expect(changed.telephony.credentials.auth_token).toEqual({ configured: true, last_four: '1234' });
    expect(
      (await api.call('admin', 'PUT', '/api/admin/config', { telephony: { provider_name: 'nobody' } }))
        .status,
    ).toBe(422);
    const log = await json('admin', 'GET', '/api/admin/audit-log?page_size=200');
    expect(JSON.stringify([changed, log])).not.toContain('canary-secret');
    expect(log.items.map((entry: Answer) => entry.action)).toEqual(
      expect.arrayContaining(['settings.updated']),
    );
  });

  it('keeps e-mail templates that render, and refuses those that do not', async () => {
    const template = {
      name: 'Thanks',
      type: 'completed',
      locale: 'en',
      subject: 'Hi {{ campaign_name }}',
      body_html: '<p>{{ date }}</p>',
      body_text: '{{ date }}',
    };
    const created = await json('admin', 'POST', '/api/admin/email-templates', template);
    expect(created.id).toMatch(/^[0-9a-f-]{36}$/);
    for (const fault of [
      { subject: 'two\nlines' },
      { body_text: '{{ phone_number }}' },
      { body_html: '{% if %}' },
    ]) {
      expect(
        (
          await api.call('admin', 'POST', '/api/admin/email-templates', {
            ...template,
            name: 'Other',
            ...fault,
          })
        ).status,
      ).toBe(422);
    }
    expect((await api.call('admin', 'POST', '/api/admin/email-templates', template)).status).toBe(409);
    expect(
      (
        await api.call('admin', 'PUT', `/api/admin/email-templates/${created.id}`, {
          ...template,
          subject: 'Hello',
        })
      ).status,
    ).toBe(200);
    expect((await api.call('admin', 'DELETE', `/api/admin/email-templates/${created.id}`)).status).toBe(204);
  });

  it('is ready without provider and mail, as degraded', async () => {
    const ready = await fetch(`${api.origin}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'degraded',
      checks: { postgres: { ok: true }, migrations: { ok: true } },
    });
    expect(await (await fetch(`${api.origin}/metrics`)).text()).toContain('vsa_');
    expect((await fetch(`${api.origin}/api/openapi.json`)).status).toBe(200);
  });
});
