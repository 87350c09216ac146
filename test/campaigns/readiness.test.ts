import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { campaignReadiness } from '../../app/campaigns/readiness/campaign-readiness.ts';
import { checkIntro, type IntroCheck } from '../../app/campaigns/readiness/check-intro.ts';
import { type CampaignWorld, campaignWorld, NOW } from './a-campaign.ts';

// An introduction in parts, each part a way to say one thing; leaving a part out must be noticed by that part's name.
const PARTS = {
  en: {
    organization: ['on behalf of Acme Research', 'for ACME  research'],
    ai_statement: [
      'I am an AI assistant calling',
      'this is an automated assistant',
      'I am a virtual assistant and I call',
    ],
    purpose: [
      'It is about your experience with our shop.',
      'We are running a short survey.',
      'I have three questions about your last visit.',
    ],
    duration: [
      'It takes two minutes.',
      'You need about 3 minutes for it.',
      'All of it lasts less than a minute.',
    ],
    how_to_stop: [
      'You can stop at any time.',
      'Just hang up whenever you want.',
      'Tell me if you want not to be called again.',
    ],
    consent_question: [
      'Do you agree to take part?',
      'May I ask you these now, is that okay?',
      'Would you like to participate? Please say yes or no.',
    ],
  },
  it: {
    organization: ['per conto di Acme Research', 'per ACME research'],
    ai_statement: [
      "sono un assistente basato sull'intelligenza artificiale",
      'sono un assistente virtuale e chiamo',
      "le parla un'IA",
    ],
    purpose: [
      'Si tratta della sua esperienza in negozio.',
      'Facciamo un breve sondaggio.',
      'Ho tre domande sulla sua ultima visita.',
    ],
    duration: ['Bastano due minuti.', 'Ci vogliono circa 3 minuti.', 'Serve meno di un minuto.'],
    how_to_stop: [
      'Può interrompere quando vuole.',
      'Può riagganciare in ogni momento.',
      'Può chiedere di non essere più chiamato.',
    ],
    consent_question: [
      'Accetta di partecipare?',
      "È d'accordo?",
      'Vuole partecipare? Risponda sì oppure no, per favore.',
    ],
  },
} as const;
type Part = keyof (typeof PARTS)['en'];
type Language = keyof typeof PARTS;
const LANGUAGES: Language[] = ['en', 'it'];
const NAMES = Object.keys(PARTS.en) as Part[];

function introWithout(language: Language, missing: Part | null, variant: number): string {
  const say = (part: Part) =>
    part === missing ? '' : PARTS[language][part][variant % PARTS[language][part].length];
  const who = `${say('ai_statement')} ${say('organization')}`.trim();
  const hello = language === 'en' ? 'Hello' : 'Buongiorno';
  return [
    `${hello}, ${who}.`,
    say('purpose'),
    say('duration'),
    say('how_to_stop'),
    say('consent_question'),
  ].join(' ');
}
const failed = (intro: string, language: Language) =>
  Object.entries(checkIntro(intro, 'Acme Research', language))
    .filter(([, ok]) => !ok)
    .map(([name]) => name as IntroCheck);

describe('an introduction', () => {
  const variants = LANGUAGES.flatMap((language) => [0, 1, 2].map((variant) => ({ language, variant })));
  it.each(variants)('that is whole is accepted ($language $variant)', ({ language, variant }) => {
    expect(failed(introWithout(language, null, variant), language)).toEqual([]);
  });
  const lacking = variants.flatMap((one) => NAMES.map((missing) => ({ ...one, missing })));
  it.each(lacking)(
    'without $missing is refused for that ($language $variant)',
    ({ language, variant, missing }) => {
      expect(failed(introWithout(language, missing, variant), language)).toEqual([missing]);
    },
  );

  it.each([
    ['en', 'Do you mind if I ask you three questions?'],
    ['en', 'Would you mind taking part?'],
    ['en', 'Do you have any objection to taking part?'],
    ['it', 'Le dispiace partecipare?'],
    ['it', 'Ha qualcosa in contrario a partecipare?'],
    ['it', 'La disturbo se iniziamo?'],
  ] as const)('may not ask what a yes would refuse (%s: %s)', (language, question) => {
    const intro = introWithout(language, 'consent_question', 0) + question;
    expect(failed(intro, language)).toContain('plain_yes');
  });

  it.each([
    ['en', 'When would you like to take part?'],
    ['en', 'Do you agree to take part? Thank you for your time.'],
    ['en', 'Do you like our new opening hours?'],
    ['it', 'Quando vuole partecipare?'],
    ['it', 'Accetta di partecipare? Grazie del suo tempo.'],
    ['it', 'Le piace il nuovo orario?'],
  ] as const)('must end with a yes-or-no question about taking part (%s: %s)', (language, question) => {
    const intro = introWithout(language, 'consent_question', 0) + question;
    expect(failed(intro, language)).toEqual(['consent_question']);
  });
});

describe('the checklist', () => {
  let w: CampaignWorld;
  beforeAll(async () => {
    w = await campaignWorld();
  });
  afterAll(() => w.close());

  const check = async (campaign_id: string, language: Language = 'en') => {
    const { ready, checks } = await campaignReadiness(w.db, { campaign_id, language, now: NOW });
    return { ready, failed: checks.filter(({ ok }) => !ok).map(({ code, level }) => `${level} ${code}`) };
  };
  const italian = {
    intro_script: 'Buongiorno, chiamo per Northfield City Library.',
    question_1_text: 'a',
    question_2_text: 'b',
    question_3_text: 'c',
  };

  it('is all green for a complete campaign', async () => {
    const { id } = await w.create();
    await w.addContacts(id, [{}]);
    // The one advice left: a text that nobody has rehearsed yet.
    expect(await check(id)).toEqual({ ready: true, failed: ['warning rehearsal.done'] });
  });

  it('looks at the introduction of every language', async () => {
    const { id } = await w.create({ translations: { it: italian } });
    await w.addContacts(id, [{}]);
    const { checks } = await campaignReadiness(w.db, { campaign_id: id, language: 'it', now: NOW });
    const wrong = checks.filter(({ ok, code }) => !ok && code !== 'rehearsal.done');
    expect(new Set(wrong.map(({ field }) => field))).toEqual(new Set(['translations.it.intro_script']));
    expect(wrong.find(({ code }) => code === 'intro.ai_statement')?.message).toContain(
      'intelligenza artificiale',
    );
  });
});
