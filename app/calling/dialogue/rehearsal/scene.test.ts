import { describe, expect, it } from 'vitest';
import type { FlowScript } from '../flow.ts';
import type { Label } from '../interpreter.ts';
import { advanceScene, isSceneOver, type Move, openScene } from './scene.ts';

const free = { text: 'And?', type: 'free_text', scale_min: null, scale_max: null } as const;
const SCRIPT: FlowScript = {
  language: 'en',
  organization_name: 'Acme',
  intro_script: 'Hello, Acme here. Do you agree?',
  questions: [free, free, free],
};
const says = (words: string, label: Label): Move => ({
  type: 'heard',
  words,
  interpretation: { label, value: null, confidence: 0.9, rule: 'test' },
});
const play = (...moves: Move[]) => moves.reduce(advanceScene, openScene(SCRIPT));

describe('a rehearsed call', () => {
  it('begins with the introduction, heard to its end', () => {
    const scene = openScene(SCRIPT);
    expect(scene.turns.map(({ text }) => text)).toEqual([SCRIPT.intro_script]);
    expect(play(says('yes', 'yes')).consent).toMatchObject({ decision: 'granted', words: 'yes' });
  });

  it('keeps answers with their confidence and ends as a call would', () => {
    const answer = says('more light', 'answer');
    const scene = play(says('yes', 'yes'), answer, { type: 'silence' }, answer, says('no idea', 'dont_know'));
    expect(scene.state.disposition).toBe('completed');
    expect(scene.answers.map(({ status, answer, confidence }) => [status, answer, confidence])).toEqual([
      ['answered', 'more light', 0.9],
      ['answered', 'more light', 0.9],
      ['dont_know', null, null],
    ]);
    expect(scene.turns.map(({ done }) => done)).toContain('silence');
  });

  it('says goodbye after an opt-out, which nobody has to write here', () => {
    const scene = play(says('never call me again', 'opt_out'));
    expect(scene).toMatchObject({ opt_out: true, state: { disposition: 'opt_out' } });
    expect(scene.turns.at(-1)).toMatchObject({ speaker: 'agent', prompt: 'opt_out_done' });
    expect(isSceneOver(scene)).toBe(true);
  });

  it('keeps the time of a callback, and plays nothing after the end', () => {
    const later = says('in an hour', 'callback') as Extract<Move, { type: 'heard' }>;
    const scene = play({ ...later, interpretation: { ...later.interpretation, callback_at_minutes: 60 } });
    expect(scene.callback_at_minutes).toBe(60);
    expect(advanceScene(scene, says('yes', 'yes'))).toBe(scene);
  });
});
