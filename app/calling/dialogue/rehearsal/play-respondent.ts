import type { FlowQuestion, FlowScript, FlowState } from '../flow.ts';
import type { Interpretation } from '../interpreter.ts';
import { DEFAULT_SCALE } from '../prompts.ts';
import { CAST_EN, GIVEN_EN } from './cast-en.ts';
import { CAST_IT, GIVEN_IT } from './cast-it.ts';
import { EXPECTED, type Expected, type Line, type Respondent, type RespondentId } from './respondent.ts';
import { advanceScene, isSceneOver, type Move, openScene, type Scene } from './scene.ts';

export type Performance = {
  respondent: RespondentId;
  expected: Expected;
  actual: { [K in keyof Expected]: Expected[K] | null } & { answers: Expected['answers'] };
  is_as_expected: boolean;
  scene: Scene;
};

const CASTS = {
  en: { respondents: CAST_EN, given: GIVEN_EN },
  it: { respondents: CAST_IT, given: GIVEN_IT },
};
// The flow ends a call after twenty turns; a respondent who would go on for ever is a fault of this file.
const MOST_MOVES = 60;
const ANSWER: Line = { gives: 'answer' };

/**
 * Plays one scripted respondent against the dialogue engine to the end of the call; `understand` is how words are
 * understood in this very state. Pure but for that.
 */
export async function playRespondent(
  script: FlowScript,
  respondent: RespondentId,
  understand: (state: FlowState, words: string) => Promise<Interpretation>,
): Promise<Performance> {
  let scene = openScene(script);
  const lines = linesOf(CASTS[script.language].respondents[respondent]);
  for (let moves = 0; !isSceneOver(scene); moves += 1) {
    if (moves === MOST_MOVES) throw new Error(`${respondent} comes to no end`);
    const line = lines(scene.state);
    const words = wordsOf(line, scene.state);
    const move: Move =
      words === null
        ? { type: doneBy(line) }
        : { type: 'heard', words, interpretation: await understand(scene.state, words) };
    scene = advanceScene(scene, move);
  }
  return judge(respondent, scene);
}

function judge(respondent: RespondentId, scene: Scene): Performance {
  const expected = EXPECTED[respondent];
  const actual = {
    consent: scene.consent?.decision ?? null,
    disposition: scene.state.disposition,
    answers: scene.answers.map(({ status }) => status),
  };
  const is_as_expected =
    actual.consent === expected.consent &&
    actual.disposition === expected.disposition &&
    actual.answers.join() === expected.answers.join();
  return { respondent, expected, actual, is_as_expected, scene };
}

/** Their next line for what is open now, each line once. */
function linesOf({ consent, questions = [[ANSWER], [ANSWER], [ANSWER]] }: Respondent) {
  const left = [consent, ...questions].map((lines) => [...lines]);
  return (state: FlowState): Line => left[state.question]?.shift() ?? { does: 'silence' };
}

function doneBy(line: Line) {
  return typeof line === 'object' && 'does' in line ? line.does : 'silence';
}

function wordsOf(line: Line, { script, question }: FlowState): string | null {
  if (typeof line === 'string') return line;
  const open = script.questions[question - 1];
  if ('does' in line || !open) return null;
  const words = CASTS[script.language].given[line.gives][open.type];
  return words.replace('{n}', String(line.gives === 'answer' ? inside(open) : outside(open)));
}

const inside = ({ scale_max }: FlowQuestion) => scale_max ?? DEFAULT_SCALE.max;
const outside = ({ scale_max }: FlowQuestion) => (scale_max ?? DEFAULT_SCALE.max) + 3;
