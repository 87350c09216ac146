import type { Interpretation, Label, Listening } from '../dialogue/interpreter.ts';

export type Pressed = { words: string; interpretation: Interpretation };

/** How long after a digit another one may still belong to the same number. */
export const DIGIT_WAIT_MS = 2_000;

const CONSENT_KEYS: Record<string, Label> = { 1: 'yes', 2: 'no', 9: 'opt_out' };
const LONGEST_NUMBER = 9;

/**
 * Keys as answers. While consent is open each key is one: 1 yes, 2 no, 9 never again, any other unclear. At a scale or
 * numeric question digits make a number, complete at `#`, after a pause, or when no further digit could stay in range;
 * `*9` means never again everywhere.
 */
export class KeyPad {
  #keys = '';

  /** One key; an answer when it completes one. */
  press(digit: string, listening: Listening | null): Pressed | null {
    if (listening?.context === 'consent' && this.#keys === '' && digit !== '*') {
      return pressed(digit, CONSENT_KEYS[digit] ?? 'unclear', null);
    }
    this.#keys += digit;
    if (this.#keys === '*9') return this.#take('opt_out', null);
    if (this.#keys.startsWith('*')) return this.#keys.length >= 2 ? this.#take('unclear', null) : null;
    if (listening?.context !== 'question' || listening.type === 'free_text') {
      this.#keys = '';
      return null;
    }
    return digit === '#' || isComplete(this.#keys, listening) ? this.complete() : null;
  }

  /** No further key came: the digits so far are the answer. */
  complete(): Pressed | null {
    const digits = this.#keys.replace(/\D/g, '');
    if (this.#keys === '') return null;
    return digits === '' ? this.#take('unclear', null) : this.#take('number', Number(digits));
  }

  #take(label: Label, value: number | null): Pressed {
    const keys = this.#keys;
    this.#keys = '';
    return pressed(keys, label, value);
  }
}

function isComplete(keys: string, listening: Extract<Listening, { context: 'question' }>): boolean {
  if (keys.length >= LONGEST_NUMBER) return true;
  return listening.scale_max !== null && Number(keys) * 10 > listening.scale_max;
}

function pressed(keys: string, label: Label, value: number | null): Pressed {
  return { words: `[${keys}]`, interpretation: { label, value, confidence: 1, rule: 'keys' } };
}
