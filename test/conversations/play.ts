import {
  begin,
  type FlowAction,
  type FlowScript,
  type FlowState,
  listening,
  step,
} from '../../app/calling/dialogue/flow.ts';
import { interpretByRules } from '../../app/calling/dialogue/rules/interpret.ts';

const SCRIPTS: Record<'en' | 'it', FlowScript> = {
  en: {
    language: 'en',
    organization_name: 'Northfield Library',
    intro_script:
      'Hello, this is an automated assistant using artificial intelligence, calling for Northfield Library. ' +
      'We have three short questions, about two minutes. You can stop at any time. ' +
      'Do you agree to take part? Please say yes or no.',
    questions: [
      { text: 'From 1 to 5, how satisfied are you?', type: 'scale', scale_min: 1, scale_max: 5 },
      { text: 'How many times did you visit us?', type: 'numeric', scale_min: null, scale_max: null },
      { text: 'What should we improve?', type: 'free_text', scale_min: null, scale_max: null },
    ],
  },
  it: {
    language: 'it',
    organization_name: 'Biblioteca di Borgonuovo',
    intro_script:
      'Buongiorno, sono un assistente automatico basato su intelligenza artificiale e chiamo per la Biblioteca di Borgonuovo. ' +
      'Abbiamo tre brevi domande, circa due minuti. Può interrompere in qualsiasi momento. ' +
      'Accetta di partecipare? Risponda sì oppure no.',
    questions: [
      { text: 'Da 1 a 5, quanto è soddisfatto?', type: 'scale', scale_min: 1, scale_max: 5 },
      { text: 'Quante volte è venuto da noi?', type: 'numeric', scale_min: null, scale_max: null },
      { text: 'Che cosa dovremmo migliorare?', type: 'free_text', scale_min: null, scale_max: null },
    ],
  },
};

/** What a respondent does, in order: says something, keeps silent, hangs up, or is a machine. */
export type Line =
  | string
  | { silence: true }
  | { hangs_up: true }
  | { machine: true }
  | { interrupts: string };

/** One played conversation: what the agent said and recorded, and how it ended. */
export type Played = {
  said: string[];
  prompts: string[];
  consent: 'granted' | 'refused' | null;
  answers: (string | null)[];
  opt_out: boolean;
  disposition: string | null;
  hang_up: boolean;
  actions: FlowAction[];
  state: FlowState;
};

/** Plays a conversation with the built-in interpreter; every agent turn is heard to its end before the next line. */
export function play(language: 'en' | 'it', lines: Line[]): Played {
  let state = begin(SCRIPTS[language]);
  const actions: FlowAction[] = [];
  const feed = (event: Parameters<typeof step>[1]) => {
    const result = step(state, event);
    state = result.state;
    actions.push(...result.actions);
    if (result.actions.some((action) => action.type === 'record_opt_out')) {
      feed({ type: 'written', what: 'opt_out', ok: true });
    }
  };
  const hearOut = () => feed({ type: 'played', turn: state.turn });
  const hear = (words: string, first_speech: boolean) => {
    const listeningFor = listening(state) ?? { context: 'consent' as const };
    const interpretation = interpretByRules({ text: words, language, listening: listeningFor, first_speech });
    feed({ type: 'heard', words, interpretation, for_turn: state.turn });
  };
  feed({ type: 'answered' });
  lines.forEach((line, at) => {
    if (typeof line === 'object' && 'interrupts' in line) {
      hear(line.interrupts, at === 0);
      return;
    }
    hearOut();
    if (typeof line === 'string') hear(line, at === 0);
    else if ('silence' in line) feed({ type: 'silence', turn: state.turn });
    else if ('machine' in line) feed({ type: 'machine_detected' });
    else feed({ type: 'hung_up' });
  });
  return { ...summarise(actions), actions, state };
}

function summarise(actions: FlowAction[]) {
  const of = <T extends FlowAction['type']>(type: T) =>
    actions.filter((action): action is Extract<FlowAction, { type: T }> => action.type === type);
  return {
    said: of('say').map((action) => action.text),
    prompts: of('say').map((action) => action.prompt),
    consent: of('record_consent')[0]?.decision ?? null,
    answers: of('record_answer').map((action) => action.answer ?? `(${action.status})`),
    opt_out: of('record_opt_out').length > 0,
    disposition: of('finish')[0]?.disposition ?? null,
    hang_up: of('hang_up').length > 0,
  };
}
