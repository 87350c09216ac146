import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTERED } from '../campaigns/a-campaign.ts';
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

  it('shows the letter of a text that is still being written, and says what is wrong with it', async () => {
    const draft = {
      type: 'refused',
      locale: 'it',
      subject: 'Da {{ organization_name }}',
      body_html: '<p>{{ campaign_name }}</p>',
      body_text: '',
    };
    const letter = await json('admin', 'POST', '/api/admin/email-templates/preview', draft);
    expect(letter.subject).toBe('Da Ricerche Esempio');
    expect(letter.html).toContain('Sondaggio di esempio');
    expect(letter.text).toContain('Non ricevere più queste e-mail');
    const wrong = { ...draft, body_html: '{{ phone_number }}' };
    expect(await json('admin', 'POST', '/api/admin/email-templates/preview', wrong)).toMatchObject({
      status: 422,
      errors: [{ field: 'body_html' }],
    });
    const { variables, total } = await json('admin', 'GET', '/api/admin/email-templates');
    expect(variables).toContain('unsubscribe_url');
    expect((await json('admin', 'GET', '/api/admin/email-templates')).total).toBe(total);
  });

  it('says which campaigns write with a template', async () => {
    const template = { name: 'Used', type: 'completed', locale: 'en', subject: 'Hi', body_html: '<p>Hi</p>' };
    const { id } = await json('admin', 'POST', '/api/admin/email-templates', template);
    const read = () => json('admin', 'GET', `/api/admin/email-templates/${id}`);
    expect((await read()).used_by).toEqual([]);
    const campaign = await json('manager', 'POST', '/api/campaigns', {
      ...ENTERED,
      name: 'Uses it',
      email_completed_template_id: id,
    });
    expect((await read()).used_by).toEqual([{ id: campaign.id, name: 'Uses it', status: 'draft' }]);
  });

  it('learns from the API what the settings can be chosen from', async () => {
    const options = await json('admin', 'GET', '/api/admin/config/options');
    expect(options.providers.telephony_api).toContain('twilio');
    for (const provider_type of ['telephony_api', 'voice_ai_platform']) {
      for (const provider_name of options.providers[provider_type]) {
        const put = { telephony: { provider_type, provider_name } };
        expect((await api.call('admin', 'PUT', '/api/admin/config', put)).status).toBe(200);
      }
    }
    for (const { llm_provider, model_example: llm_model } of options.llm_providers) {
      const put = { llm: { llm_provider, llm_model, base_url: null } };
      expect((await api.call('admin', 'PUT', '/api/admin/config', put)).status).toBe(200);
    }
  });

  it('takes an entry off the exclusion list with a reason that stays on record', async () => {
    const entry = await json('admin', 'POST', '/api/exclusions', { phone_number: '+393471239901' });
    const [listed] = (await json('manager', 'GET', '/api/exclusions?q=393471239901')).items;
    expect(listed).toMatchObject({ id: entry.id, campaign_id: null, campaign_name: null });
    const reason = 'Written request of 3 May';
    expect((await api.call('admin', 'DELETE', `/api/exclusions/${entry.id}`, { reason })).status).toBe(204);
    const log = await json('admin', 'GET', `/api/admin/audit-log?entity_id=${entry.id}`);
    const removed = log.items.find(({ action }: Answer) => action === 'exclusion.removed');
    expect(removed.changes.reason).toEqual({ previous: null, new: reason });
  });

  it('reads the settings as they were, and of secrets nothing but that they changed', async () => {
    const put = (body: unknown) => json('admin', 'PUT', '/api/admin/config', body);
    const before = await json('admin', 'GET', '/api/admin/config');
    await put({ retention: { answer_retention_days: 400 }, email: { from: 'old@example.com' } });
    await put({ retention: { answer_retention_days: 500 }, llm: { api_key: 'canary-key-4321' } });
    const { items, total } = await json('admin', 'GET', '/api/admin/config/versions?page_size=2');
    const days = items.map(({ settings }: Answer) => settings.retention.answer_retention_days);
    expect(days).toEqual([500, 400]);
    expect(items[0].changed.toSorted()).toEqual(['answer_retention_days', 'api_key']);
    expect(items[1].settings.email.from).toBe('old@example.com');
    const third = await json('admin', 'GET', '/api/admin/config/versions?page_size=1&page=3');
    expect(third.items[0].settings.retention).toEqual(before.retention);
    expect(third.total).toBe(total);
    const all = await json('admin', 'GET', '/api/admin/config/versions?page_size=200');
    // The oldest version is what an installation begins with.
    expect(all.items.at(-1)).toMatchObject({
      audit_id: null,
      settings: { telephony: { provider_name: null } },
    });
    expect(JSON.stringify(all)).not.toMatch(/canary|4321|sealed|last_four/);
  });

  it('walks the chain of the audit log on request', async () => {
    const verdict = await json('admin', 'POST', '/api/admin/audit-log/verify');
    const { total } = await json('admin', 'GET', '/api/admin/audit-log?page_size=1');
    expect(verdict).toMatchObject({ entries: total, fault: null });
    expect(verdict.head).toMatch(/^\d+:[0-9a-f]{64}$/);
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
