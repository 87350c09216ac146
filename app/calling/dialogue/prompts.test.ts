import { expect, it } from 'vitest';
import { type FixedPrompt, fixedPrompt } from './prompts.ts';
import { PROMPTS_EN } from './prompts-en.ts';
import { PROMPTS_IT } from './prompts-it.ts';

const PROMPTS = Object.keys(PROMPTS_EN) as FixedPrompt[];

it('has the same prompts in both languages', () => {
  expect(Object.keys(PROMPTS_IT).sort()).toEqual([...PROMPTS].sort());
});

it.each(['en', 'it'] as const)('leaves no slot open in %s', (language) => {
  for (const prompt of PROMPTS) {
    const text = fixedPrompt({ language, organization_name: 'Istituto $& {min}' }, prompt);
    expect(text.replaceAll('Istituto $& {min}', '')).not.toMatch(/[{}]/);
  }
});
