import { describe, expect, it } from 'vitest';
import { type FlowQuestion, type FlowScript, type FlowState, listening } from '../flow.ts';
import { interpretByRules } from '../rules/interpret.ts';
import { playRespondent } from './play-respondent.ts';
import { RESPONDENTS } from './respondent.ts';

const scale = (scale_min: number, scale_max: number): FlowQuestion => ({
  text: 'How satisfied are you?',
  type: 'scale',
  scale_min,
  scale_max,
});
const plain = (type: 'numeric' | 'free_text'): FlowQuestion => ({
  text: type,
  type,
  scale_min: null,
  scale_max: null,
});
const SURVEYS: Record<string, FlowQuestion[]> = {
  'of every type': [scale(1, 5), plain('numeric'), plain('free_text')],
  'of scales': [scale(0, 10), scale(1, 7), scale(0, 100)],
  'of numbers': [plain('numeric'), plain('numeric'), plain('numeric')],
  'of free text': [plain('free_text'), plain('free_text'), plain('free_text')],
};
const scriptOf = (language: 'en' | 'it', questions: FlowQuestion[]): FlowScript => ({
  language,
  organization_name: 'Acme',
  intro_script:
    language === 'en' ? 'Hello. Do you agree to take part?' : 'Buongiorno. Accetta di partecipare?',
  questions,
});
async function byRules({ script, ...state }: FlowState, text: string) {
  return interpretByRules({
    text,
    language: script.language,
    listening: listening({ script, ...state }) ?? { context: 'consent' },
    first_speech: state.respondent_turns === 0,
  });
}

const played = Object.entries(SURVEYS).flatMap(([survey, questions]) =>
  (['en', 'it'] as const).flatMap((language) =>
    RESPONDENTS.map((respondent) => ({ survey, questions, language, respondent })),
  ),
);

describe('a trial run by the built-in interpreter', () => {
  it.each(played)('$respondent ($language, $survey) ends as expected', async (one) => {
    const performance = await playRespondent(scriptOf(one.language, one.questions), one.respondent, byRules);
    expect(performance.actual).toEqual(performance.expected);
    expect(performance.is_as_expected).toBe(true);
    expect(performance.scene.turns[0]).toMatchObject({ speaker: 'agent', prompt: 'intro', verbatim: true });
  });

  it.each(['en', 'it'] as const)('takes a doubted yes that is confirmed for a yes (%s)', async (language) => {
    const doubting = async (state: FlowState, words: string) => ({
      ...(await byRules(state, words)),
      needs_confirmation: true,
    });
    const script = scriptOf(language, SURVEYS['of every type']!);
    const performance = await playRespondent(script, 'eager', doubting);
    expect(performance.is_as_expected).toBe(true);
    expect(performance.scene.turns.filter(({ prompt }) => prompt === 'consent_question')).toHaveLength(1);
  });

  it('tells when an interpreter takes everything for a yes', async () => {
    const gullible = async () => ({ label: 'yes' as const, value: null, confidence: 1, rule: 'gullible' });
    const script = scriptOf('en', SURVEYS['of free text']!);
    const wrong = [];
    for (const respondent of RESPONDENTS) {
      const { is_as_expected } = await playRespondent(script, respondent, gullible);
      if (!is_as_expected) wrong.push(respondent);
    }
    expect(wrong).toEqual(expect.arrayContaining(['refuser', 'off_the_list', 'prompt_injector', 'child']));
    expect(wrong).not.toContain('eager');
  });
});
