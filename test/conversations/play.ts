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

/** One conversation with the built-in interpreter, event by event. */
export class Call {
  state: FlowState;
  readonly actions: FlowAction[] = [];
  readonly #language: 'en' | 'it';
  #said = 0;
  #utterances = 0;

  constructor(language: 'en' | 'it') {
    this.#language = language;
    this.state = begin(SCRIPTS[language]);
  }

  feed(event: Parameters<typeof step>[1]): void {
    const result = step(this.state, event);
    this.state = result.state;
    this.actions.push(...result.actions);
    if (result.actions.some((action) => action.type === 'record_opt_out')) {
      this.feed({ type: 'written', what: 'opt_out', ok: true });
    }
  }

  /** The agent's words since it was last asked for them. */
  takeSaid(): string {
    const said = this.actions.filter((action) => action.type === 'say');
    const text = said
      .slice(this.#said)
      .map((action) => action.text)
      .join(' ');
    this.#said = said.length;
    return text;
  }

  hearOut(): void {
    this.feed({ type: 'played', turn: this.state.turn });
  }

  say(words: string): void {
    const listeningFor = listening(this.state) ?? { context: 'consent' as const };
    const interpretation = interpretByRules({
      text: words,
      language: this.#language,
      listening: listeningFor,
      first_speech: this.#utterances === 0,
    });
    this.#utterances += 1;
    this.feed({ type: 'heard', words, interpretation, for_turn: this.state.turn });
  }
}

/** Plays a whole conversation; every agent turn is heard to its end before the next line. */
export function play(language: 'en' | 'it', lines: Line[]): Played {
  const call = new Call(language);
  call.feed({ type: 'answered' });
  for (const line of lines) {
    if (typeof line === 'object' && 'interrupts' in line) {
      call.say(line.interrupts);
      continue;
    }
    call.hearOut();
    if (typeof line === 'string') call.say(line);
    else if ('silence' in line) call.feed({ type: 'silence', turn: call.state.turn });
    else if ('machine' in line) call.feed({ type: 'machine_detected' });
    else call.feed({ type: 'hung_up' });
  }
  const { actions, state } = call;
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
