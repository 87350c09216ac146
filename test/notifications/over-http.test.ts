import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../support/api.ts';
import { COMPLETED_EN } from './mail-room.ts';
import { type PostOffice, postOffice } from './post-office.ts';

let office: PostOffice;
let api: TestApi;
beforeAll(async () => {
  office = await postOffice();
  api = await startApi({
    SMTP_URL: office.url,
    WEBHOOK_ALLOWED_HOSTS: 'crm.example',
    EMAIL_FROM: 'Surveys <surveys@example.com>',
  });
});
afterAll(async () => {
  await api.stop();
  await office.close();
});

async function ask<T>(method: string, url: string, body?: unknown): Promise<{ status: number; body: T }> {
  const answer = await api.call('admin', method, url, body);
  return { status: answer.status, body: (answer.status === 204 ? null : await answer.json()) as T };
}
const TEMPLATES = '/api/admin/email-templates';
const template = {
  name: 'Thanks',
  type: 'completed',
  locale: 'it',
  subject: 'Grazie da {{ organization_name }}',
  body_html: '<p>{{ campaign_name }} · {{ date }}</p>',
};

describe('a template', () => {
  it('may have no text of its own; its preview shows the one that is made', async () => {
    const made = await ask<{ id: string; body_text: string }>('POST', TEMPLATES, template);
    expect(made).toMatchObject({ status: 201, body: { body_text: '', is_default: false } });
    const seen = await ask<{ text: string }>('POST', `${TEMPLATES}/${made.body.id}/preview`);
    expect(seen).toMatchObject({
      status: 200,
      body: { subject: 'Grazie da Ricerche Esempio', html: expect.stringContaining('Sondaggio di esempio') },
    });
    expect(seen.body.text).toMatch(/Non ricevere più queste e-mail\s+\[http/);
    expect((await ask('GET', `${TEMPLATES}/${made.body.id}`)).body).toMatchObject(template);
    expect((await ask('POST', TEMPLATES, template)).status).toBe(409);
    expect((await ask('DELETE', `${TEMPLATES}/${made.body.id}`)).status).toBe(204);
  });

  it.each([
    ['subject', { ...template, subject: 'One\r\nBcc: all@example.com' }],
    ['subject', { ...template, subject: '{{ phone_number }}' }],
    ['body_html', { ...template, body_html: '{% include "/etc/passwd" %}' }],
    ['body_text', { ...template, body_text: '{{ nothing_of_ours }}' }],
  ])('with a fault in %s is refused by that name', async (field, input) => {
    const { status, body } = await ask('POST', TEMPLATES, input);
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ field: expect.stringContaining(field) }] });
  });

  it('is sent on trial to the address that is given, and else to one’s own', async () => {
    const given = await ask('POST', `${TEMPLATES}/${COMPLETED_EN}/test`, { to: 'me@example.com' });
    expect(given.body).toMatchObject({ status: 'sent', to: 'me@example.com', error_message: null });
    expect((await ask('POST', `${TEMPLATES}/${COMPLETED_EN}/test`)).body).toMatchObject({
      to: 'admin@example.com',
    });
    expect(office.accepted.map(({ to }) => (to as { text: string }).text)).toEqual([
      'me@example.com',
      'admin@example.com',
    ]);
    office.next({ reply: 550 });
    const refused = await ask('POST', `${TEMPLATES}/${COMPLETED_EN}/test`, { to: 'no@example.com' });
    expect(refused).toMatchObject({
      status: 200,
      body: { status: 'failed', error_message: expect.stringContaining('550') },
    });
    expect((await ask<{ total: number }>('GET', '/api/admin/email-notifications')).body.total).toBe(0);
    expect(
      (await ask('POST', `${TEMPLATES}/${COMPLETED_EN}/test`, { to: 'a@b.example\r\nBcc: c@d.example' }))
        .status,
    ).toBe(422);
  });
});

describe('the link of a mail', () => {
  const unsubscribed = async () =>
    (await api.db.selectFrom('email_unsubscribe').selectAll().execute()).length;
  async function link(to: string): Promise<string> {
    await ask('POST', `${TEMPLATES}/${COMPLETED_EN}/test`, { to });
    const [url = ''] = /http:\/\/\S+\/unsubscribe\/[\w-]+/.exec(office.accepted.at(-1)?.text ?? '') ?? [];
    return url;
  }

  it('asks first, in the reader’s language; only the button counts', async () => {
    const url = await link('anna@example.com');
    const asked = await fetch(url, { headers: { 'accept-language': 'it' } });
    expect(asked.status).toBe(200);
    expect(asked.headers.get('content-type')).toContain('text/html');
    const page = await asked.text();
    expect(page).toContain('lang="it"');
    expect(page).toContain('Nessun’altra e-mail?');
    expect(await unsubscribed()).toBe(0);
    const form = new URLSearchParams();
    const done = await fetch(url, { method: 'POST', body: form, headers: { 'accept-language': 'en' } });
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('You are unsubscribed');
    expect(await unsubscribed()).toBe(1);
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(200);
    expect(await unsubscribed()).toBe(1);
    expect((await ask<{ total: number }>('GET', '/api/exclusions')).body.total).toBe(0);
  });

  it('is one click for a mail program, in either form it may come in', async () => {
    const before = await unsubscribed();
    const forms = [new URLSearchParams(), new FormData()] as const;
    for (const [at, form] of forms.entries()) {
      form.set('List-Unsubscribe', 'One-Click');
      const url = await link(`one-click-${at}@example.com`);
      expect((await fetch(url, { method: 'POST', body: form, redirect: 'error' })).status).toBe(200);
    }
    expect(await unsubscribed()).toBe(before + 2);
  });

  it('is nobody’s when a letter of it was changed', async () => {
    const url = await link('somebody@example.com');
    const before = await unsubscribed();
    const forged = [
      `${url}x`,
      url.slice(0, -3),
      `${url.slice(0, -10)}AAAAAAAAAA`,
      `${api.origin}/unsubscribe/x`,
    ];
    for (const one of forged) expect((await fetch(one, { method: 'POST' })).status).toBe(404);
    expect((await fetch(forged[0]!)).status).toBe(404);
    expect(await unsubscribed()).toBe(before);
  });
});

describe('webhooks', () => {
  it('are made, changed, listed and taken away; the secret is shown once', async () => {
    const input = { url: 'https://crm.example/hook', event_types: ['survey.completed'], description: 'CRM' };
    const made = await ask<{ id: string; new_secret: string }>('POST', '/api/admin/webhooks', input);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...input, is_active: true, secret: { configured: true } });
    const { id, new_secret } = made.body;
    expect(new_secret).toMatch(/^whsec_/);
    const listed = await ask('GET', '/api/admin/webhooks');
    expect(listed.body).toMatchObject({ total: 1, items: [{ id, deliveries: { waiting: 0 } }] });
    expect(JSON.stringify(listed.body)).not.toContain(new_secret);
    const changed = await ask('PUT', `/api/admin/webhooks/${id}`, { ...input, is_active: false });
    expect(changed).toMatchObject({ status: 200, body: { is_active: false } });
    expect(changed.body).not.toHaveProperty('new_secret');
    expect((await ask('POST', `/api/admin/webhooks/${id}/replay`)).body).toEqual({ replayed: 0 });
    expect((await ask('GET', `/api/admin/webhooks/${id}/deliveries?status=dead`)).body).toMatchObject({
      total: 0,
    });
    expect((await ask('DELETE', `/api/admin/webhooks/${id}`)).status).toBe(204);
    expect((await ask('GET', `/api/admin/webhooks/${id}`)).status).toBe(404);
  });

  it.each(['https://evil.example/', 'http://crm.example/', 'https://169.254.169.254/', 'https://localhost/'])(
    'never go to %s',
    async (url) => {
      const { status, body } = await ask('POST', '/api/admin/webhooks', { url });
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'webhook.address_refused', errors: [{ field: 'url' }] });
    },
  );
});
