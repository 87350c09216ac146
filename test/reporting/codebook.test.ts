import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DISPOSITIONS } from '../../app/calling/call.ts';
import type { Codebook } from '../../app/reporting/codebook/codebook.ts';
import { CODE_LABELS } from '../../app/reporting/codebook/codebook-texts.ts';
import { EXPORT_COLUMNS } from '../../app/reporting/export-columns.ts';
import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { startApi } from '../support/api.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let campaign_id: string;
beforeAll(async () => {
  api = await startApi();
  const made = await api.call('manager', 'POST', '/api/campaigns', {
    ...CAMPAIGNS.en,
    name: 'Bread & <script>alert(1)</script>',
    question_2_type: 'scale',
    question_2_scale_min: 0,
    question_2_scale_max: 10,
  });
  campaign_id = ((await made.json()) as { id: string }).id;
  const form = new FormData();
  form.set('file', new Blob(['phone_number,do_not_call\n+393331234567,no\n+393331234568,yes\n']), 'two.csv');
  await api.call('manager', 'POST', `/api/campaigns/${campaign_id}/contacts/upload`, form);
});
afterAll(() => api.stop());

const get = (query: string, account: 'manager' | 'viewer' = 'manager') =>
  api.call(account, 'GET', `/api/campaigns/${campaign_id}/codebook${query}`);

describe('the codebook', () => {
  it('describes every column of the export, in its order, and every code that a case can have', async () => {
    const codebook = (await (await get('?format=json')).json()) as Codebook;
    expect(codebook.variables.map(({ name }) => name)).toEqual(EXPORT_COLUMNS.map(([name]) => name));
    const second = codebook.variables.find(({ name }) => name === 'q2_answer');
    expect(second).toMatchObject({ label: CAMPAIGNS.en.question_2_text, range: { min: 0, max: 10 } });
    expect(second?.values).toHaveLength(11);
    const codes = new Set([...Object.values(DISPOSITIONS).map(({ aapor }) => aapor), '3.11']);
    expect(Object.keys(CODE_LABELS).sort()).toEqual([...codes].sort());
    expect(codebook.dispositions.map(({ disposition }) => disposition)).toEqual(Object.keys(DISPOSITIONS));
  });

  it('says what the figures say: cases, rates with their formulas, wording with its hash, the attempt rule', async () => {
    const codebook = (await (await get('?format=json')).json()) as Codebook;
    const stats = (await (
      await api.call('manager', 'GET', `/api/campaigns/${campaign_id}/stats`)
    ).json()) as { aapor: Record<string, number>; by_disposition_code: Record<string, number> };
    expect(codebook.cases.total).toBe(2);
    expect(Object.fromEntries(codebook.cases.by_code.map(({ code, count }) => [code, count]))).toEqual(
      stats.by_disposition_code,
    );
    expect(Object.fromEntries(codebook.rates.map(({ name, value }) => [name, value]))).toEqual(stats.aapor);
    expect(codebook.rates.every(({ formula }) => formula.includes(' / '))).toBe(true);
    expect(codebook.script_versions).toMatchObject([
      { version: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/), calls: 0 },
    ]);
    expect(codebook.method.attempt_rule.max_attempts).toBe(CAMPAIGNS.en.max_attempts);
    expect(codebook.variables.find(({ name }) => name === 'outcome')?.values).toContainEqual(
      expect.objectContaining({ value: 'excluded', count: 1 }),
    );
    expect(JSON.stringify(codebook)).not.toContain('+39333');
  });

  it('is a page in the reader’s language in which nothing that people wrote is markup', async () => {
    const english = await (await get('')).text();
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('Bread &amp; &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(english).not.toContain('<script');
    const italian = await get('?language=it');
    expect(italian.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await italian.text()).toContain('Nota metodologica'.toLowerCase());
  });

  it('is not for viewers, and not there for a campaign that is gone', async () => {
    expect((await get('', 'viewer')).status).toBe(403);
    const none = await api.call(
      'manager',
      'GET',
      '/api/campaigns/0199b1f4-0000-7000-8000-000000000000/codebook',
    );
    expect(none.status).toBe(404);
  });
});
