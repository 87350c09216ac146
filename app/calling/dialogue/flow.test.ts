import { describe, expect, it } from 'vitest';
import { begin, type FlowAction, type FlowEvent, type FlowScript, listening, step } from './flow.ts';
import type { Label } from './interpreter.ts';

const SCRIPT: FlowScript = {
  language: 'en',
  organization_name: 'Northfield Library',
  intro_script:
    'Hello, I am an AI calling for Northfield Library. Do you agree to take part? Please say yes or no.',
  questions: [
    { text: 'How satisfied are you?', type: 'scale', scale_min: 0, scale_max: 10 },
    { text: 'How often did you visit us?', type: 'numeric', scale_min: null, scale_max: null },
    { text: 'What should we improve?', type: 'free_text', scale_min: null, scale_max: null },
  ],
};

const answered: FlowEvent = { type: 'answered' };
const resumed: FlowEvent = { type: 'resumed' };
const played = (turn: number): FlowEvent => ({ type: 'played', turn });
const silence = (turn: number): FlowEvent => ({ type: 'silence', turn });
const written = (ok: boolean): FlowEvent => ({ type: 'written', what: 'opt_out', ok });

/** The label is given, not interpreted: these tests are about when words count, not about what they mean. */
const heard = (label: Label, for_turn: number, value: number | null = null): FlowEvent => ({
  type: 'heard',
  words: `(${label})`,
  interpretation: { label, value, confidence: 1, rule: 'test' },
  for_turn,
});

function replay(...events: FlowEvent[]) {
  let state = begin(SCRIPT);
  const actions: FlowAction[] = [];
  for (const event of events) {
    const next = step(state, event);
    state = next.state;
    actions.push(...next.actions);
  }
  return { state, actions, log: actions.map(inShort) };
}

function inShort(action: FlowAction): string {
  switch (action.type) {
    case 'say':
      return `say ${action.prompt}`;
    case 'record_consent':
      return `consent ${action.decision}`;
    case 'record_answer':
      return `answer ${action.question} ${action.answer ?? action.status}`;
    case 'finish':
      return `finish ${action.disposition}`;
    default:
      return action.type;
  }
}

const CONSENTED = [answered, played(1), heard('yes', 1)];

describe('consent needs the introduction, heard to its end', () => {
  it.each([
    ['before anything was played', [answered, heard('yes', 1)]],
    ['when it was cut off', [answered, { type: 'interrupted', turn: 1 } as FlowEvent, heard('yes', 1)]],
    ['when only the apology after a lost line was played', [answered, resumed, played(2), heard('yes', 3)]],
    ['when only a fixed line was played', [answered, heard('hold', 1), played(2), heard('yes', 2)]],
    ['when a turn that was never said was played', [answered, played(7), heard('yes', 1)]],
  ])('a yes %s is none', (_when, events) => {
    expect(replay(...events).state.consent).toBe('open');
  });

  it('counts once the repeated introduction was played after a lost line', () => {
    const { log } = replay(answered, resumed, played(2), played(3), heard('yes', 3));
    expect(log.slice(-3)).toEqual(['consent granted', 'say question_1', 'listen']);
  });

  it('puts the whole introduction again to someone who was silent and never heard its end', () => {
    expect(replay(answered, silence(1)).log.slice(2)).toEqual(['say still_there', 'say intro', 'listen']);
  });

  it('lets the introduction answer who is calling while it is being spoken', () => {
    expect(replay(answered, heard('who', 1)).log).toEqual(['say intro', 'listen']);
  });

  it('gives up on a line that twice did not carry it', () => {
    expect(replay(answered, resumed, resumed).log.slice(-2)).toEqual(['finish technical', 'hang_up']);
  });

  it('never asks for a granted consent again', () => {
    const { log } = replay(...CONSENTED, resumed);
    expect(log.slice(-3)).toEqual(['say resumed', 'say question_1', 'listen']);
  });
});

describe('a refusal is never too late', () => {
  it('takes back a yes in the next breath, though the agent has spoken on', () => {
    const { log, state } = replay(...CONSENTED, heard('no', 1));
    expect(log.slice(-3)).toEqual(['finish refusal', 'say refusal', 'hang_up']);
    expect(listening(state)).toBeNull();
  });

  it('counts before the introduction is over', () => {
    expect(replay(answered, heard('no', 1)).log).toContain('consent refused');
  });

  it('hears "stop" in answer to an earlier turn', () => {
    const { log } = replay(...CONSENTED, heard('number', 2, 7), heard('stop', 2));
    expect(log).toContain('finish refusal');
  });

  it('hears nothing else that answers an earlier turn', () => {
    const { state } = replay(...CONSENTED, heard('number', 2, 7));
    for (const label of ['yes', 'no', 'number', 'answer', 'goodbye', 'callback', 'repeat'] as const) {
      expect(step(state, heard(label, 2, 1)).actions).toEqual([]);
    }
  });
});

describe('an opt-out', () => {
  it('is written before it is confirmed, with the hang-up already armed', () => {
    const asked = replay(answered, heard('opt_out', 1));
    expect(asked.log.slice(2)).toEqual(['record_opt_out', 'consent refused', 'finish opt_out', 'hang_up']);
    expect(step(asked.state, written(true)).actions.map(inShort)).toEqual(['say opt_out_done', 'hang_up']);
    expect(step(asked.state, written(false)).actions.map(inShort)).toEqual(['say opt_out_noted', 'hang_up']);
  });

  it('is confirmed once', () => {
    const { state } = replay(answered, heard('opt_out', 1), written(true));
    expect(step(state, written(true)).actions).toEqual([]);
    expect(step(state, heard('opt_out', 2)).actions).toEqual([]);
  });

  it('is still written when the call is closing for another reason', () => {
    const { log } = replay(answered, played(1), heard('no', 1), heard('opt_out', 2));
    expect(log.at(-1)).toBe('record_opt_out');
    expect(log).toContain('finish refusal');
  });
});

describe('a machine', () => {
  it.each([
    ['before the first word', [{ type: 'machine_detected' } as FlowEvent, answered], 0],
    ['during the introduction', [answered, { type: 'machine_detected' } as FlowEvent], 1],
  ])('noticed %s hears no more', (_when, events, said) => {
    const { log, actions } = replay(...events);
    expect(log.slice(-2)).toEqual(['finish answering_machine', 'hang_up']);
    expect(actions.filter(({ type }) => type === 'say')).toHaveLength(said);
  });

  it('is not believed in after a consent', () => {
    expect(replay(...CONSENTED, { type: 'machine_detected' }).state.disposition).toBeNull();
  });
});

describe('a hang-up', () => {
  it.each([
    ['before the introduction was played', [answered], 'technical'],
    ['after it', [answered, played(1)], 'no_explicit_consent'],
    ['after a consent', CONSENTED, 'break_off'],
    ['after a refusal', [answered, played(1), heard('no', 1)], 'refusal'],
  ])('%s has one outcome', (_when, events, disposition) => {
    const { log } = replay(...events, { type: 'hung_up' }, { type: 'hung_up' }, answered, heard('yes', 1));
    expect(log.filter((line) => line.startsWith('finish'))).toEqual([`finish ${disposition}`]);
  });
});

describe('answers', () => {
  it('are stored as plain decimals', () => {
    const { log } = replay(...CONSENTED, heard('number', 2, 10), heard('number', 3, 2.5), heard('answer', 4));
    expect(log.filter((line) => line.startsWith('answer'))).toEqual([
      'answer 1 10',
      'answer 2 2.5',
      'answer 3 (answer)',
    ]);
    expect(log).toContain('finish completed');
  });

  it.each([11, -1, 2.5, Number.NaN])('off the scale are asked again with its range: %d', (value) => {
    const { actions } = replay(...CONSENTED, heard('number', 2, value));
    const said = actions.filter((action) => action.type === 'say').slice(-2);
    expect(said.map(({ text }) => text)).toEqual([
      'Sorry, I need a number from 0 to 10.',
      'How satisfied are you?',
    ]);
  });

  it.each([Number.POSITIVE_INFINITY, 1e21, 1e-7])('without a plain form are asked again: %d', (value) => {
    expect(replay(...CONSENTED, heard('number', 2, 3), heard('number', 3, value)).log.at(-2)).toBe(
      'say question_2',
    );
  });
});

it('takes three questions', () => {
  expect(() => begin({ ...SCRIPT, questions: SCRIPT.questions.slice(1) })).toThrow();
});
