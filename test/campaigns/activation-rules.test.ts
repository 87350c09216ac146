import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCampaign } from '../../app/campaigns/find-campaign.ts';
import { activateCampaign } from '../../app/campaigns/lifecycle/activate-campaign.ts';
import { campaignReadiness } from '../../app/campaigns/readiness/campaign-readiness.ts';
import type { ReadinessFacts } from '../../app/campaigns/readiness/readiness-facts.ts';
import { readinessFindings } from '../../app/campaigns/readiness/readiness-findings.ts';
import { MESSAGES } from '../../app/campaigns/readiness/readiness-messages.ts';
import { newId } from '../../app/infra/db/id.ts';
import { type CampaignWorld, campaignWorld, ENTERED, NOW } from './a-campaign.ts';
import { GOOD_INTROS } from './good-intros.ts';
import { LACKING_INTROS, ORGANIZATION } from './intros.ts';
import { LAW_RULES, LAWLESS } from './law-rules.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

const ITALIAN = {
  intro_script: GOOD_INTROS.find(({ language }) => language === 'it')!.text.replace(
    'Biblioteca di Borgonuovo',
    ENTERED.organization_name,
  ),
  question_1_text: 'Da 1 a 5, quanto è soddisfatto?',
  question_2_text: 'Quante volte viene in un mese?',
  question_3_text: 'Che cosa dovremmo migliorare?',
};
const UNKNOWN_ZONE = { time_zones: [], time_zone_source: 'none' };
const HEALTH = { topic: 'health' } as const;

async function ready(entered: Record<string, unknown> = {}, contacts: Record<string, unknown>[] = [{}]) {
  const { id } = await w.create(entered);
  if (contacts.length > 0) await w.addContacts(id, contacts);
  return id;
}
const activate = (campaign_id: string) =>
  activateCampaign(w.db, { campaign_id, actor: w.actor, language: 'en', now: NOW });
const failing = (campaign_id: string) => w.failing(campaign_id);
const english = async (type: 'completed' | 'refused') => {
  const id = newId();
  await w.db
    .insertInto('email_template')
    .values({
      id,
      name: `English only ${id}`,
      type,
      locale: 'en',
      subject: 's',
      body_html: 'h',
      body_text: 't',
      created_at: NOW,
      updated_at: NOW,
    })
    .execute();
  return id;
};

// Each breaks one rule of a campaign that is ready, and nothing else.
const BROKEN: Record<string, { prepare(): Promise<string>; refused: string[] }> = {
  'nobody to call': { prepare: () => ready({}, []), refused: ['error contacts.present contacts'] },
  'only excluded people': {
    prepare: () => ready({}, [{ state: 'excluded', excluded_reason: 'do_not_call' }]),
    refused: ['error contacts.present contacts'],
  },
  'a blank question': {
    prepare: async () => {
      const id = await ready();
      await w.db.updateTable('campaign').set({ question_2_text: ' ' }).where('id', '=', id).execute();
      return id;
    },
    refused: ['error questions.present question_2_text'],
  },
  'a blank question in the translation': {
    prepare: async () => {
      const id = await ready({ translations: { it: ITALIAN } });
      const translations = JSON.stringify({ it: { ...ITALIAN, question_3_text: '' } });
      await w.db.updateTable('campaign').set({ translations }).where('id', '=', id).execute();
      return id;
    },
    refused: ['error questions.present translations.it.question_3_text'],
  },
  'a sensitive topic that nobody approved': {
    prepare: () => ready(HEALTH),
    refused: ['error topic.approved topic'],
  },
  'somebody whose time zone is unknown': {
    prepare: () => ready({}, [{}, UNKNOWN_ZONE]),
    refused: ['error time_zone.known time_zone'],
  },
  'letters without the second language': {
    prepare: async () =>
      ready({
        translations: { it: ITALIAN },
        email_completed_template_id: await english('completed'),
        email_refused_template_id: await english('refused'),
      }),
    refused: [
      'error templates.locales email_completed_template_id',
      'error templates.locales email_refused_template_id',
    ],
  },
};

describe('a rule that is broken alone', () => {
  it.each(Object.entries(BROKEN))(
    '%s: refused for that, and only for that',
    async (_name, { prepare, refused }) => {
      const id = await prepare();
      expect(await failing(id)).toEqual(refused);
      await expect(activate(id)).rejects.toMatchObject({
        code: 'campaign.not_ready',
        extra: { checks: expect.arrayContaining([expect.objectContaining({ ok: false })]) },
      });
      expect(await w.statusOf(id)).toBe('draft');
    },
  );

  it.each([
    ['provider_name', 'error provider.configured telephony.provider_name'],
    ['outbound_number', 'error provider.outbound_number telephony.outbound_number'],
  ] as const)('no %s', async (column, refused) => {
    const id = await ready();
    const before = await w.db.selectFrom('provider_config').select(column).executeTakeFirstOrThrow();
    await w.db
      .updateTable('provider_config')
      .set({ [column]: null })
      .execute();
    expect(await failing(id)).toEqual([refused]);
    await expect(activate(id)).rejects.toMatchObject({ code: 'campaign.not_ready' });
    await w.db.updateTable('provider_config').set(before).execute();
    expect(await activate(id)).toMatchObject({ status: 'running' });
  });
});

describe('a warning', () => {
  it('tells how many prefer a language without texts, and lets the campaign go', async () => {
    const id = await ready({}, [
      { preferred_language: 'it' },
      { preferred_language: 'it' },
      { preferred_language: 'en' },
      { preferred_language: 'auto' },
    ]);
    expect(await failing(id)).toEqual(['warning languages.covered translations']);
    const asked = { campaign_id: id, language: 'it', now: NOW } as const;
    const { ready: isReady, checks } = await campaignReadiness(w.db, asked);
    expect(isReady).toBe(true);
    expect(checks.find(({ code }) => code === 'languages.covered')?.message).toContain(
      '(senza testi nella propria: 2)',
    );
    expect(await activate(id)).toMatchObject({ status: 'running' });
  });

  it('is gone once the campaign speaks that language', async () => {
    expect(
      await failing(await ready({ translations: { it: ITALIAN } }, [{ preferred_language: 'it' }])),
    ).toEqual([]);
  });

  it('says that the credentials of the provider are missing', async () => {
    const id = await ready();
    const { credentials } = await w.db
      .selectFrom('provider_config')
      .select('credentials')
      .executeTakeFirstOrThrow();
    await w.db.updateTable('provider_config').set({ credentials: '{}' }).execute();
    expect(await failing(id)).toEqual(['warning provider.credentials telephony.credentials']);
    await w.db
      .updateTable('provider_config')
      .set({ credentials: JSON.stringify(credentials) })
      .execute();
  });
});

// What the database itself refuses to store is judged all the same: the rule must not lean on the constraint.
describe('every rule, on its own', () => {
  const FACTS: ReadinessFacts = {
    waiting: 3,
    unknown_zones: 0,
    without_texts: 0,
    missing_templates: [],
    has_provider: true,
    has_credentials: true,
    has_outbound_number: true,
    has_retention: true,
    rehearsed: ['en'],
    ...LAWLESS,
  };
  type Judged = Parameters<typeof readinessFindings>[0];
  let whole: Judged;
  beforeEach(async () => {
    whole = { ...(await findCampaign(w.db, await ready({ time_zone: null }, []))), approval: null };
  });
  const broken = (campaign: Partial<Judged>, facts: Partial<ReadinessFacts> = {}) =>
    readinessFindings({ ...whole, ...campaign }, { ...FACTS, ...facts }, NOW).filter(({ ok }) => !ok);
  const rules: [string, string, Partial<Judged>, Partial<ReadinessFacts>?][] = [
    ['contacts.present', 'contacts', {}, { waiting: 0 }],
    ['questions.present', 'question_3_text', { question_3_text: '' }],
    ['questions.scales', 'question_1_scale_max', { question_1_scale_min: null }],
    ['questions.scales', 'question_1_scale_max', { question_1_scale_max: null }],
    [
      'questions.scales',
      'question_2_scale_max',
      { question_2_type: 'scale', question_2_scale_min: 4, question_2_scale_max: 4 },
    ],
    ['topic.approved', 'topic', { topic: 'health' }],
    ['rehearsal.done', 'rehearsal', {}, { rehearsed: [] }],
    ...LAW_RULES,
    ['retry.policy', 'max_attempts', { max_attempts: 0 }],
    ['retry.policy', 'max_attempts', { max_attempts: 6 }],
    ['retry.policy', 'retry_interval_minutes', { retry_interval_minutes: 0 }],
    [
      'schedule.window',
      'allowed_call_end_local',
      { allowed_call_end_local: '09:00', allowed_call_start_local: '09:00' },
    ],
    ['schedule.window', 'allowed_weekdays', { allowed_weekdays: [] }],
    ['time_zone.known', 'time_zone', {}, { unknown_zones: 1 }],
    ['languages.covered', 'translations', {}, { without_texts: 1 }],
    [
      'templates.locales',
      'email_not_reached_template_id',
      {},
      { missing_templates: ['email_not_reached_template_id'] },
    ],
    ['provider.configured', 'telephony.provider_name', {}, { has_provider: false }],
    ['provider.credentials', 'telephony.credentials', {}, { has_credentials: false }],
    ['provider.outbound_number', 'telephony.outbound_number', {}, { has_outbound_number: false }],
    ['retention.set', 'retention.transcript_retention_days', {}, { has_retention: false }],
  ];
  it.each(rules)('%s at %s', (code, field, campaign, facts) => {
    expect(broken(campaign, facts).map((one) => [one.code, one.field])).toEqual([[code, field]]);
  });

  it('is met by a whole campaign', () => {
    expect(broken({})).toEqual([]);
  });

  it('has been broken here or among the introductions, and speaks both languages', () => {
    const tried = [...rules.map(([code]) => code), ...LACKING_INTROS.map(({ lacks }) => `intro.${lacks}`)];
    expect([...new Set(tried)].sort()).toEqual(Object.keys(MESSAGES).sort());
    for (const { en, it: italian } of Object.values(MESSAGES)) expect(italian).not.toBe(en);
  });
});

it('names the organisation that the campaign has, in every language', async () => {
  const id = await ready({ organization_name: ORGANIZATION.it });
  expect(await failing(id)).toEqual(['error intro.organization intro_script']);
});
