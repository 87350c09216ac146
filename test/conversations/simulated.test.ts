import { describe, expect, it } from 'vitest';
import { CAST, choosePersona, DEFAULT_MIX, type PersonaName } from '../../carrier/cast/cast.ts';
import { Respondent } from '../../carrier/cast/respondent.ts';
import { Call } from './play.ts';

const SEED = 7;
const CALLS = 1_000;
// Who answers the telephone at all, and what a correct application makes of each.
const TRUTH: Partial<Record<PersonaName, string>> = {
  cooperative: 'completed',
  refuses: 'refusal',
  opts_out: 'opt_out',
  asks_who: 'completed',
  asks_to_repeat: 'completed',
  mumbles: 'no_explicit_consent',
  answering_machine: 'answering_machine',
  hangs_up: 'break_off',
};

/** One call to a number of the cast, turn by turn, until somebody hangs up. */
function ring(language: 'en' | 'it', number: string, persona: PersonaName) {
  const respondent = new Respondent(persona, number, SEED);
  const call = new Call(language);
  call.feed({ type: 'answered' });
  for (let turn = 0; turn < 40 && call.state.disposition === null; turn += 1) {
    const reaction = respondent.hear(call.takeSaid(), language);
    call.hearOut();
    if (reaction.kind === 'say') call.say(reaction.text);
    else if (reaction.kind === 'hang_up') call.feed({ type: 'hung_up' });
    else if (reaction.kind === 'press') call.say(reaction.digits);
    else call.feed({ type: 'silence', turn: call.state.turn });
  }
  return call;
}

describe.each(['en', 'it'] as const)('a thousand calls to the cast in %s', (language) => {
  const people = Array.from({ length: CALLS }, (_, n) => {
    const number = `+3933${String(1_000_000_00 + n * 7_919)}`;
    return { number, persona: choosePersona(number, SEED, DEFAULT_MIX) };
  }).filter(({ persona }) => TRUTH[persona] !== undefined && CAST[persona].call_status === 'completed');
  const calls = people.map(({ number, persona }) => ({ persona, call: ring(language, number, persona) }));

  it('end as they should in at least 99 of 100', () => {
    const wrong = calls.filter(({ persona, call }) => call.state.disposition !== TRUTH[persona]);
    const matrix = wrong.map(({ persona, call }) => `${persona}: ${call.state.disposition}`);
    expect(calls.length).toBeGreaterThan(700);
    expect([...new Set(matrix)], `seed ${SEED}`).toSatisfy(() => wrong.length <= calls.length / 100);
  });

  it('never end in an unsafe error', () => {
    for (const { persona, call } of calls) {
      const { consent } = call.state;
      if (persona === 'refuses' || persona === 'opts_out' || persona === 'mumbles') {
        expect([persona, consent]).not.toEqual([persona, 'granted']);
      }
      if (persona === 'answering_machine') expect(consent).toBe('open');
      const optedOut = call.actions.some(({ type }) => type === 'record_opt_out');
      expect([persona, optedOut]).toEqual([persona, persona === 'opts_out']);
    }
  });
});
