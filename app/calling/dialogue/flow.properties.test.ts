import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, type FlowAction, type FlowEvent, type FlowState, isOver, type Step, step } from './flow.ts';
import type { Label } from './interpreter.ts';

const LABELS: Label[] = [
  ...([
    'yes',
    'no',
    'stop',
    'opt_out',
    'callback',
    'wrong_person',
    'minor',
    'language_barrier',
    'who',
  ] as const),
  ...([
    'bot',
    'repeat',
    'hold',
    'goodbye',
    'voicemail',
    'dont_know',
    'refuse_item',
    'number',
    'answer',
  ] as const),
  'unclear',
];
const SCRIPT = {
  language: 'it' as const,
  organization_name: 'Istituto',
  intro_script: 'Buongiorno. Accetta di partecipare?',
  questions: [
    { text: 'Prima?', type: 'scale' as const, scale_min: 1, scale_max: 5 },
    { text: 'Seconda?', type: 'numeric' as const, scale_min: null, scale_max: null },
    { text: 'Terza?', type: 'free_text' as const, scale_min: null, scale_max: null },
  ],
};

// Turns are counted back from the last one said, so that random streams are late or early but never far from the call.
type Happening = (last: number) => FlowEvent;
const back = fc.integer({ min: -1, max: 3 });
const turned = (type: 'played' | 'interrupted' | 'silence') =>
  back.map(
    (ago): Happening =>
      (last) => ({ type, turn: last - ago }),
  );
const utterance = fc
  .record({ label: fc.constantFrom(...LABELS), value: fc.option(fc.double()), ago: back })
  .map(
    ({ label, value, ago }): Happening =>
      (last) => ({
        type: 'heard',
        words: 'XYZZY',
        interpretation: { label, value, confidence: 1, rule: 'any' },
        for_turn: last - ago,
      }),
  );
const plain = fc.constantFrom<FlowEvent>(
  { type: 'resumed' },
  { type: 'machine_detected' },
  { type: 'written', what: 'opt_out', ok: true },
  { type: 'written', what: 'opt_out', ok: false },
  { type: 'hung_up' },
);
const call = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: turned('played') },
    { weight: 8, arbitrary: utterance },
    { weight: 2, arbitrary: turned('silence') },
    { weight: 1, arbitrary: turned('interrupted') },
    {
      weight: 1,
      arbitrary: plain.map(
        (event): Happening =>
          () =>
            event,
      ),
    },
  ),
  { maxLength: 60 },
);

type Taken = Step & { event: FlowEvent; before: FlowState };

function live(happenings: Happening[]): Taken[] {
  let state = begin(SCRIPT);
  return [(): FlowEvent => ({ type: 'answered' }), ...happenings].map((happen) => {
    const before = state;
    const event = happen(state.turn);
    const taken = step(state, event);
    state = taken.state;
    return { ...taken, event, before };
  });
}

const actionsOf = (steps: Taken[]): FlowAction[] => steps.flatMap(({ actions }) => actions);
const always = (promise: (steps: Taken[]) => void) =>
  fc.assert(
    fc.property(call, (happenings) => promise(live(happenings))),
    { numRuns: 2_000 },
  );

describe('whatever happens on the line, in whatever order', () => {
  it('a consent is a yes that was said after an introduction was played to its end', () => {
    always((steps) => {
      const granting = steps.findIndex(({ actions }) =>
        actions.some((action) => action.type === 'record_consent' && action.decision === 'granted'),
      );
      if (granting < 0) return;
      const intros = new Set<number>();
      const wasPlayed = steps.slice(0, granting).some(({ event, actions }) => {
        for (const action of actions)
          if (action.type === 'say' && action.prompt === 'intro') intros.add(action.turn);
        return event.type === 'played' && intros.has(event.turn);
      });
      expect(wasPlayed).toBe(true);
      expect(steps[granting]?.event).toMatchObject({ type: 'heard', interpretation: { label: 'yes' } });
    });
  });

  it('a clear refusal ends the call with one line and a deadline of ten seconds at most', () => {
    always((steps) => {
      for (const { before, event, state, actions } of steps) {
        if (isOver(before) || event.type !== 'heard' || event.interpretation.label !== 'stop') continue;
        expect(state.disposition).not.toBeNull();
        const end = actions.find((action) => action.type === 'hang_up');
        expect(end?.deadline_ms).toBeLessThanOrEqual(10_000);
        expect(actions.filter(({ type }) => type === 'say')).toHaveLength(1);
      }
    });
  });

  it('an opt-out is recorded whenever it is said, and confirmed only when it is written', () => {
    always((steps) => {
      for (const { before, event, actions } of steps) {
        const confirms = actions.some((action) => action.type === 'say' && action.prompt === 'opt_out_done');
        if (confirms) expect(event).toMatchObject({ type: 'written', ok: true });
        const isOptOut = event.type === 'heard' && event.interpretation.label === 'opt_out';
        if (!isOptOut || before.phase === 'over' || before.disposition === 'opt_out') continue;
        expect(actions[0]?.type).toBe('record_opt_out');
      }
    });
  });

  it('it ends once, says each question at most twice, gives at most two explanations', () => {
    always((steps) => {
      const said = actionsOf(steps).flatMap((action) => (action.type === 'say' ? [action.prompt] : []));
      const count = (...prompts: string[]) => said.filter((prompt) => prompts.includes(prompt)).length;
      expect(actionsOf(steps).filter(({ type }) => type === 'finish').length).toBeLessThanOrEqual(1);
      for (const question of [1, 2, 3]) expect(count(`question_${question}`)).toBeLessThanOrEqual(2);
      expect(count('intro', 'consent_question')).toBeLessThanOrEqual(2);
      expect(count('who_is_calling', 'is_a_bot')).toBeLessThanOrEqual(2);
      expect(actionsOf(steps).some((action) => action.type === 'say' && action.text.includes('XYZZY'))).toBe(
        false,
      );
    });
  });

  it('a hang-up leaves an outcome, and nothing moves it any more', () => {
    always((steps) => {
      const { state } = steps.at(-1) as Taken;
      const over = step(state, { type: 'hung_up' }).state;
      expect(over.disposition).not.toBeNull();
      for (const { event } of steps) expect(step(over, event)).toEqual({ state: over, actions: [] });
    });
  });
});
