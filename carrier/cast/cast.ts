import { chance } from '../chance.ts';

/** The characters a caller may meet, in the order of the last two digits of their numbers: 01, 02, … */
export const PERSONAS = [
  'cooperative',
  'refuses',
  'opts_out',
  'asks_who',
  'asks_to_repeat',
  'mumbles',
  'no_answer',
  'busy',
  'answering_machine',
  'hangs_up',
  'invalid_number',
] as const;

export type PersonaName = (typeof PERSONAS)[number];

/** How likely each character is behind a number whose digits name none; weights, of any sum. */
export type Mix = Readonly<Record<PersonaName, number>>;

export const DEFAULT_MIX: Mix = {
  cooperative: 56,
  refuses: 9,
  opts_out: 3,
  asks_who: 5,
  asks_to_repeat: 4,
  mumbles: 2,
  no_answer: 9,
  busy: 4,
  answering_machine: 5,
  hangs_up: 2,
  invalid_number: 1,
};

/** What a character does, and what a correct survey application makes of it. */
export interface CastMember {
  description: string;
  call_status: 'completed' | 'busy' | 'no-answer' | 'failed';
  expected: string;
}

export const CAST: Readonly<Record<PersonaName, CastMember>> = {
  cooperative: {
    description: 'Agrees and answers every question.',
    call_status: 'completed',
    expected: 'completed',
  },
  refuses: {
    description: 'Declines the survey, politely and clearly.',
    call_status: 'completed',
    expected: 'refused',
  },
  opts_out: {
    description: 'Asks never to be called again; cuts in where the notice may be interrupted.',
    call_status: 'completed',
    expected: 'refused, and the number is on the exclusion list',
  },
  asks_who: {
    description: 'First asks who is calling, then agrees and answers.',
    call_status: 'completed',
    expected: 'completed',
  },
  asks_to_repeat: {
    description: 'Has the consent question and one survey question repeated, then answers.',
    call_status: 'completed',
    expected: 'completed',
  },
  mumbles: {
    description: 'Says nothing intelligible, whatever is asked.',
    call_status: 'completed',
    expected: 'failed for want of explicit consent; not reached after the last attempt',
  },
  no_answer: {
    description: 'Lets it ring.',
    call_status: 'no-answer',
    expected: 'no answer; not reached after the last attempt',
  },
  busy: {
    description: 'Is always on the phone.',
    call_status: 'busy',
    expected: 'busy; not reached after the last attempt',
  },
  answering_machine: {
    description: 'A voicemail greeting; machine detection says machine_start.',
    call_status: 'completed',
    expected: 'no answer (a machine); not reached after the last attempt',
  },
  hangs_up: {
    description: 'Agrees, answers question 1 and hangs up during question 2.',
    call_status: 'completed',
    expected: 'failed, broken off; not reached after the last attempt',
  },
  invalid_number: {
    description: 'No such number: the call fails with SIP 404.',
    call_status: 'failed',
    expected: 'failed, number invalid; not reached, never dialled again',
  },
};

/** The last two digits that always meet this character. */
export function digitsOf(persona: PersonaName): string {
  return String(PERSONAS.indexOf(persona) + 1).padStart(2, '0');
}

/** Who lives at a number: by its last two digits, else by seed, number and mix; the same at every call. */
export function choosePersona(number: string, seed: number, mix: Mix): PersonaName {
  const named = PERSONAS[Number(number.slice(-2)) - 1];
  if (named !== undefined) return named;
  const total = PERSONAS.reduce((sum, persona) => sum + mix[persona], 0);
  let mark = chance(seed, 'persona', number) * total;
  for (const persona of PERSONAS) {
    mark -= mix[persona];
    if (mark < 0) return persona;
  }
  return 'cooperative';
}
