import { describe, expect, it } from 'vitest';
import type { Listening } from '../dialogue/interpreter.ts';
import { KeyPad } from './key-pad.ts';

const CONSENT: Listening = { context: 'consent' };
const question = (type: 'scale' | 'numeric' | 'free_text', scale_max: number | null = null): Listening => ({
  context: 'question',
  type,
  scale_min: scale_max === null ? null : 1,
  scale_max,
});

function press(keys: string, listening: Listening) {
  const pad = new KeyPad();
  const answers = [...keys].map((key) => pad.press(key, listening));
  const last = answers.at(-1) ?? null;
  return { label: last?.interpretation.label, value: last?.interpretation.value, rest: pad.complete() };
}

describe('keys', () => {
  it.each([
    ['1', 'yes'],
    ['2', 'no'],
    ['9', 'opt_out'],
    ['5', 'unclear'],
    ['*9', 'opt_out'],
  ])('%s at the consent question means %s', (keys, label) => {
    expect(press(keys, CONSENT).label).toBe(label);
  });

  it.each([
    ['4', question('scale', 5), 4],
    ['12#', question('numeric'), 12],
    ['10', question('scale', 10), 10],
    ['7', question('scale', 10), 7],
  ])('%s at a question is a number once it can only be that', (keys, listening, value) => {
    expect(press(keys, listening)).toMatchObject({ label: 'number', value });
  });

  it('waits where another digit could follow, and takes what there is', () => {
    const { label, rest } = press('1', question('scale', 10));
    expect(label).toBeUndefined();
    expect(rest?.interpretation).toMatchObject({ label: 'number', value: 1 });
  });

  it('means never again with *9 at any question, and nothing with a digit where words are asked', () => {
    expect(press('*9', question('scale', 5)).label).toBe('opt_out');
    expect(press('*9', question('free_text')).label).toBe('opt_out');
    expect(press('3', question('free_text'))).toMatchObject({ label: undefined, rest: null });
  });
});
