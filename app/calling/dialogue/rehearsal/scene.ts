import { begin, type FlowAction, type FlowScript, type FlowState, step } from '../flow.ts';
import type { Interpretation } from '../interpreter.ts';
import type { PromptId } from '../prompts.ts';

/** One turn of a conversation that nobody is called for. */
export type SceneTurn = {
  speaker: 'agent' | 'respondent';
  /** What was said; empty where something was done in place of it. */
  text: string;
  done: 'said' | 'silence' | 'hung_up' | 'machine_detected';
  /** Of the agent: which text this was, and whether it is the approved one, word for word. */
  prompt: PromptId | null;
  verbatim: boolean;
  /** Of the respondent's words: how they were understood. */
  understood: Interpretation | null;
};

type Of<T extends FlowAction['type']> = Omit<Extract<FlowAction, { type: T }>, 'type'>;

/** Plain data, stored between two turns: the dialogue engine's own state and everything that came of it. */
export type Scene = {
  state: FlowState;
  turns: SceneTurn[];
  consent: Of<'record_consent'> | null;
  answers: Of<'record_answer'>[];
  /** In a call the number would stand on the exclusion list now. */
  opt_out: boolean;
  callback_at_minutes: number | null;
};

/** What a respondent does. */
export type Move =
  | { type: 'heard'; words: string; interpretation: Interpretation }
  | { type: 'silence' }
  | { type: 'hung_up' }
  | { type: 'machine_detected' };

/** The line is open and the agent has introduced itself. */
export function openScene(script: FlowScript): Scene {
  const empty = { turns: [], consent: null, answers: [], opt_out: false, callback_at_minutes: null };
  return perform({ ...empty, state: begin(script) }, { type: 'answered' });
}

/** One move of the respondent and the agent's reply, by the steps of a live call; nothing is played after the end. */
export function advanceScene(scene: Scene, move: Move): Scene {
  if (isSceneOver(scene)) return scene;
  const turns = [...scene.turns, turnOf(move)];
  const { turn } = scene.state;
  switch (move.type) {
    case 'heard': {
      const { words, interpretation } = move;
      return perform({ ...scene, turns }, { type: 'heard', words, interpretation, for_turn: turn });
    }
    case 'silence':
      return perform({ ...scene, turns }, { type: 'silence', turn });
    case 'hung_up':
    case 'machine_detected':
      return perform({ ...scene, turns }, { type: move.type });
    default:
      return move satisfies never;
  }
}

/** True once the outcome is decided and the closing line was said. */
export function isSceneOver({ state }: Scene): boolean {
  return state.disposition !== null && !state.awaits_opt_out_write;
}

function perform(before: Scene, event: Parameters<typeof step>[1]): Scene {
  const { state, actions } = step(before.state, event);
  let scene: Scene = { ...before, state };
  for (const action of actions) scene = record(scene, action);
  // Read on a screen, every turn is heard to its end.
  for (const action of actions) {
    if (action.type === 'say') {
      scene = { ...scene, state: step(scene.state, { type: 'played', turn: action.turn }).state };
    }
  }
  if (!scene.state.awaits_opt_out_write) return scene;
  return perform(scene, { type: 'written', what: 'opt_out', ok: true });
}

function record(scene: Scene, given: FlowAction): Scene {
  switch (given.type) {
    case 'say': {
      const { text, prompt, verbatim } = given;
      const turn = { speaker: 'agent', text, done: 'said', prompt, verbatim, understood: null } as const;
      return { ...scene, turns: [...scene.turns, turn] };
    }
    case 'record_consent': {
      const { type: _, ...consent } = given;
      return { ...scene, consent: scene.consent ?? consent };
    }
    case 'record_answer': {
      const { type: _, ...answer } = given;
      return { ...scene, answers: [...scene.answers, answer] };
    }
    case 'record_opt_out':
      return { ...scene, opt_out: true };
    case 'finish':
      return { ...scene, callback_at_minutes: given.callback_at_minutes };
    case 'listen':
    case 'hang_up':
      return scene;
    default:
      return given satisfies never;
  }
}

function turnOf(move: Move): SceneTurn {
  const turn = { speaker: 'respondent', prompt: null, verbatim: false } as const;
  if (move.type !== 'heard') return { ...turn, text: '', done: move.type, understood: null };
  return { ...turn, text: move.words, done: 'said', understood: move.interpretation };
}
