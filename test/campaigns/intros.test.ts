import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activateCampaign } from '../../app/campaigns/lifecycle/activate-campaign.ts';
import { checkIntro, type IntroCheck } from '../../app/campaigns/readiness/check-intro.ts';
import { type CampaignWorld, campaignWorld, NOW } from './a-campaign.ts';
import { GOOD_INTROS } from './good-intros.ts';
import { type Intro, LACKING_INTROS, ORGANIZATION } from './intros.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

/** What the activation says to a campaign with this introduction: the codes and fields it refuses, none when it starts. */
async function refusals({ language, text }: Intro, as: 'own' | 'translation' = 'own') {
  const other = language === 'en' ? 'it' : 'en';
  const good = GOOD_INTROS.find((intro) => intro.language === other)!.text;
  const texts = { intro_script: text, question_1_text: 'a?', question_2_text: 'b?', question_3_text: 'c?' };
  const both = `${ORGANIZATION.en}`;
  const entered =
    as === 'own'
      ? { language, organization_name: ORGANIZATION[language], ...texts }
      : {
          language: other,
          organization_name: both,
          intro_script: good.replaceAll(/Biblioteca di Borgonuovo/gi, both),
          translations: {
            [language]: { ...texts, intro_script: text.replaceAll(/Biblioteca di Borgonuovo/gi, both) },
          },
        };
  const { id } = await w.create(entered);
  await w.addContacts(id, [{}]);
  return activateCampaign(w.db, { campaign_id: id, actor: w.actor, language: 'en', now: NOW }).then(
    () => [],
    (error) =>
      (error.extra.checks as { ok: boolean; level: string; code: string; field: string }[])
        .filter((check) => !check.ok && check.level === 'error')
        .map(({ code, field }) => `${code} ${field}`),
  );
}

describe('introductions that lack one element', () => {
  it('are at least forty, in both languages, for every element', () => {
    expect(LACKING_INTROS.length).toBeGreaterThanOrEqual(40);
    const kinds = new Set(LACKING_INTROS.map(({ lacks, language }) => `${lacks} ${language}`));
    expect(kinds.size).toBe(14);
  });

  it.each(LACKING_INTROS)('$language, $lacks: $text', async ({ lacks, ...intro }) => {
    expect(await refusals(intro)).toEqual([`intro.${lacks} intro_script`]);
  });

  it.each(LACKING_INTROS.filter((_, index) => index % 5 === 0))(
    'in a translation: $language, $lacks',
    async ({ lacks, ...intro }) => {
      const field = `translations.${intro.language}.intro_script`;
      expect(await refusals(intro, 'translation')).toEqual([`intro.${lacks} ${field}`]);
    },
  );
});

it.each(GOOD_INTROS)('a whole one is accepted ($language: $text)', async (intro) => {
  expect(await refusals(intro)).toEqual([]);
});

describe('what is not fooled', () => {
  const failed = (text: string, organization: string, language: 'en' | 'it' = 'en') =>
    (Object.entries(checkIntro(text, organization, language)) as [IntroCheck, boolean][])
      .filter(([, ok]) => !ok)
      .map(([name]) => name);

  it('by a name that contains the words', () => {
    const text =
      'Hello, Anna of AI Survey Research Inc. here. It takes two minutes. You can stop. Do you agree to take part?';
    expect(failed(text, 'AI Survey Research Inc.')).toEqual(['ai_statement', 'purpose']);
  });

  it('by full stops in a name, inside the question', () => {
    const text =
      'Buongiorno, sono un assistente virtuale. È un sondaggio di due minuti, può interrompere. Accetta di partecipare per Rossi S.p.A. oggi?';
    expect(failed(text, 'Rossi S.p.A.', 'it')).toEqual([]);
  });

  it('by a text in the other language', () => {
    const english = GOOD_INTROS.find(({ language }) => language === 'en')!.text;
    expect(failed(english, ORGANIZATION.en, 'it')).toContain('consent_question');
  });

  it('by invisible characters and other apostrophes', () => {
    const text =
      'Hello, I\u2019m an AI\u00A0assistant for Acme. A sur\u00ADvey of two minutes; you can st\u200Bop. Do you agree?';
    expect(failed(text, 'Acme')).toEqual([]);
  });
});
