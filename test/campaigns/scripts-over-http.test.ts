import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, startApi, type TestApi } from '../support/api.ts';
import { ENTERED } from './a-campaign.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

// biome-ignore lint/suspicious/noExplicitAny: what a client of any kind would read.
type Answer = any;
type Asked = { language?: 'it' };

async function ask(account: Account, method: string, path: string, body?: unknown, asked: Asked = {}) {
  const answer = await fetch(`${api.origin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await api.token(account)}`,
      'accept-language': asked.language ?? 'en',
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

describe('scripts before there is a campaign', () => {
  it('are ready in both languages and can be created as they are, but for the name and a contact', async () => {
    const { items } = (await ask('viewer', 'GET', '/api/script-templates')).json;
    expect(items.map((one: Answer) => `${one.id} ${one.language}`)).toHaveLength(6);
    for (const template of items) {
      const questions = Object.fromEntries(
        template.questions.flatMap((question: Answer, index: number) =>
          Object.entries(question).map(([name, value]) => [`question_${index + 1}_${name}`, value]),
        ),
      );
      const { json: preview } = await ask('manager', 'POST', '/api/script-preview', {
        language: template.language,
        organization_name: 'Acme S.p.A.',
        slots: { purpose: template.purpose, duration_minutes: template.duration_minutes, contact: 'acme.it' },
      });
      expect(preview.intro_script).toBe(
        template.intro_script.replace('{organization_name}', 'Acme S.p.A.').replace('{contact}', 'acme.it'),
      );
      const { language } = template;
      const { intro_script } = preview;
      const created = await create({
        name: template.name,
        language,
        organization_name: 'Acme S.p.A.',
        intro_script,
        ...questions,
      });
      const { checks } = (await ask('viewer', 'GET', `/api/campaigns/${created.id}/readiness`)).json;
      const about = checks.filter((check: Answer) => /^(intro|questions)\./.test(check.code));
      expect(about.filter((check: Answer) => !check.ok)).toEqual([]);
    }
  });

  it('are judged while they are written, in the words of the reader', async () => {
    const draft = {
      language: 'en',
      organization_name: 'Acme',
      intro_script: 'Hello. Do you mind if I ask you something?',
    };
    const { json } = await ask('manager', 'POST', '/api/script-preview', draft, { language: 'it' });
    const failed = json.checks.filter((check: Answer) => !check.ok).map((check: Answer) => check.code);
    expect(failed).toEqual(
      expect.arrayContaining(['intro.organization', 'intro.ai_statement', 'intro.plain_yes']),
    );
    expect(json.checks.find((check: Answer) => check.code === 'intro.duration').message).toContain(
      'quanto dura',
    );
    expect(json.spoken_seconds.intro).toBeGreaterThan(1);
    expect((await ask('viewer', 'POST', '/api/script-preview', draft)).status).toBe(403);
  });
});
