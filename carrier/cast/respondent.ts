import { chance, pick } from '../chance.ts';
import type { PersonaName } from './cast.ts';
import type { Language } from './language.ts';
import { numberInWords } from './number-words.ts';
import { PHRASES } from './phrase-book.ts';
import type { Phrases } from './phrases.ts';
import { type Heard, offersKeypad, understand, wasNotUnderstood } from './understand.ts';

/** What a respondent does; `wait`: nothing was asked yet. */
export type Reaction =
  | { kind: 'say'; text: string }
  | { kind: 'press'; digits: string }
  | { kind: 'hang_up' }
  | { kind: 'silence' }
  | { kind: 'wait' };

const LONGEST_THOUGHT_MS = 1_400;
const SHORTEST_THOUGHT_MS = 400;
const CUTS_IN_AFTER_CHARACTERS = 40;
const MACHINE_CUTS_IN_AFTER_CHARACTERS = 10;

/**
 * The person (or machine) at one number during one call. What it does follows from seed, number and the words it
 * hears, never from time.
 */
export class Respondent {
  readonly #persona: PersonaName;
  readonly #seed: number;
  readonly #number: string;
  #consented = false;
  #answers = 0;
  #askedWho = false;
  #askedToRepeatConsent = false;
  #askedToRepeatQuestion = false;
  #cutIn = false;
  #greeted = false;
  #saidGoodbye = false;
  #turn = 0;

  constructor(persona: PersonaName, number: string, seed: number) {
    this.#persona = persona;
    this.#number = number;
    this.#seed = seed;
  }

  /** True once goodbyes were exchanged: from here one hangs up soon. */
  get saidGoodbye(): boolean {
    return this.#saidGoodbye;
  }

  /** The pause before the next reaction. */
  thinkingMs(): number {
    const share = chance(this.#seed, 'think', this.#number, this.#turn);
    return SHORTEST_THOUGHT_MS + share * (LONGEST_THOUGHT_MS - SHORTEST_THOUGHT_MS);
  }

  /** Reacts to everything said since the last reaction. A `wait` leaves no trace: the agent may go on. */
  hear(utterance: string, language: Language): Reaction {
    const heard = understand(utterance, language);
    if (this.#persona === 'answering_machine') return this.#playGreeting(language);
    if (heard.kind === 'statement') return { kind: 'wait' };
    this.#turn += 1;
    if (heard.kind === 'goodbye') return this.#sayGoodbye(language);
    return this.#react(heard, utterance, language);
  }

  /** Says something although nothing was asked, as people do when a line goes quiet. */
  speakUnprompted(language: Language): Reaction {
    this.#turn += 1;
    return this.#react({ kind: 'open' }, '', language);
  }

  /** After how many characters of the agent's next talk cycle this one acts; by voice only if it may interrupt. */
  impatience(language: Language): { after_characters: number; needs_floor: boolean } {
    if (this.#persona === 'hangs_up' && this.#answers > 0) {
      return { after_characters: CUTS_IN_AFTER_CHARACTERS, needs_floor: false };
    }
    if (this.#persona === 'answering_machine' && !this.#greeted) {
      return { after_characters: MACHINE_CUTS_IN_AFTER_CHARACTERS, needs_floor: true };
    }
    if (this.#persona === 'opts_out' && !this.#cutIn) {
      const share = chance(this.#seed, 'cut in', this.#number, language);
      return { after_characters: CUTS_IN_AFTER_CHARACTERS + Math.round(share * 80), needs_floor: true };
    }
    return { after_characters: Number.POSITIVE_INFINITY, needs_floor: true };
  }

  /** What happens when that many characters were heard. */
  cutIn(language: Language): Reaction {
    this.#cutIn = true;
    if (this.#persona === 'hangs_up') return { kind: 'hang_up' };
    if (this.#persona === 'answering_machine') return this.#playGreeting(language);
    return this.#say('opt_out', language);
  }

  #react(heard: Heard, utterance: string, language: Language): Reaction {
    switch (this.#persona) {
      case 'refuses':
        return this.#say('refuse', language);
      case 'opts_out':
        return this.#say('opt_out', language);
      case 'mumbles':
        return this.#say('mumble', language);
      case 'asks_who':
        if (this.#askedWho) break;
        this.#askedWho = true;
        return this.#say('ask_who', language);
      case 'asks_to_repeat':
        if (!this.#wantsRepetition()) break;
        return this.#say('ask_to_repeat', language);
      case 'hangs_up':
        if (this.#answers === 0) break;
        return { kind: 'hang_up' };
      default:
        break;
    }
    return this.#cooperate(heard, utterance, language);
  }

  /** Once for the consent question, once for the first question of the survey. */
  #wantsRepetition(): boolean {
    if (!this.#consented) {
      if (this.#askedToRepeatConsent) return false;
      this.#askedToRepeatConsent = true;
      return true;
    }
    if (this.#askedToRepeatQuestion) return false;
    this.#askedToRepeatQuestion = true;
    return true;
  }

  #cooperate(heard: Heard, utterance: string, language: Language): Reaction {
    if (!this.#consented || (heard.kind === 'consent' && this.#answers === 0)) {
      this.#consented = true;
      return this.#say('agree', language);
    }
    const notUnderstood = this.#answers > 0 && wasNotUnderstood(utterance, language);
    if (!notUnderstood) this.#answers += 1;
    if (heard.kind === 'range') {
      const value = this.#between(heard.min, heard.max);
      if (offersKeypad(utterance, language)) return { kind: 'press', digits: String(value) };
      return this.#sayNumber(value, language);
    }
    if (heard.kind === 'age') return this.#sayNumber(this.#between(18, 80), language);
    if (heard.kind === 'number' || notUnderstood) return this.#sayNumber(this.#between(1, 9), language);
    return this.#say('opinion', language);
  }

  #playGreeting(language: Language): Reaction {
    if (this.#greeted) return { kind: 'silence' };
    this.#greeted = true;
    return this.#say('voicemail', language);
  }

  #sayGoodbye(language: Language): Reaction {
    const polite = !this.#saidGoodbye && chance(this.#seed, 'polite', this.#number) < 0.5;
    this.#saidGoodbye = true;
    return polite ? this.#say('goodbye', language) : { kind: 'silence' };
  }

  #between(min: number, max: number): number {
    return min + Math.floor(chance(this.#seed, 'value', this.#number, this.#answers) * (max - min + 1));
  }

  #sayNumber(value: number, language: Language): Reaction {
    const inWords = chance(this.#seed, 'in words', this.#number, this.#answers) < 0.5;
    const shown = inWords ? numberInWords(value, language) : String(value);
    const said = pick(PHRASES[language].number, this.#seed, 'number', this.#number, this.#answers);
    return { kind: 'say', text: capitalised(said.replace('{n}', shown)) };
  }

  #say(phrase: keyof Phrases, language: Language): Reaction {
    const text = pick(PHRASES[language][phrase], this.#seed, phrase, this.#number, this.#turn);
    return { kind: 'say', text };
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
