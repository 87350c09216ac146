import { describe, expect, it } from 'vitest';
import type { ScriptTemplate } from '../../lib/api/model.ts';
import { boundsFor, emptyCampaign, FIELDS, findFaults } from './form-values.ts';
import { questionsOf } from './intro-slots.ts';
import { lockOf } from './section-props.ts';

const complete = {
  ...emptyCampaign('en', 'Europe/London'),
  name: 'Library',
  organization_name: 'Northfield Library',
  intro_script: 'Hello.',
  question_1_text: 'How satisfied are you?',
  question_2_text: 'How often do you come?',
  question_3_text: 'What should we improve?',
};

describe('findFaults', () => {
  it('finds nothing wrong with a complete campaign', () => {
    expect(findFaults(complete)).toEqual({});
  });

  it('asks for every text that is missing, and for nothing else', () => {
    const faults = findFaults(emptyCampaign('it', 'Europe/Rome'));
    expect(Object.keys(faults)).toHaveLength(6);
    expect(new Set(Object.values(faults))).toEqual(new Set(['required']));
  });

  it('takes blanks for nothing', () => {
    expect(findFaults({ ...complete, name: '   ' })).toEqual({ name: 'required' });
  });

  it.each([
    [{ question_1_scale_min: 5, question_1_scale_max: 5 }, { question_1_scale_max: 'scale_order' }],
    [{ question_1_scale_min: null }, { question_1_scale_min: 'number' }],
    [{ question_1_scale_max: null }, { question_1_scale_max: 'number' }],
    [{ allowed_call_end_local: '08:00' }, { allowed_call_end_local: 'window_order' }],
    [{ allowed_weekdays: [] }, { allowed_weekdays: 'weekday' }],
  ])('%o', (change, faults) => {
    expect(findFaults({ ...complete, ...change })).toEqual(faults);
  });
});

describe('the form', () => {
  it('shows every field of a campaign once', () => {
    expect(new Set(FIELDS).size).toBe(FIELDS.length);
  });

  it('gives only scales bounds', () => {
    expect(boundsFor('scale')).toEqual({ min: 1, max: 5 });
    expect(boundsFor('free_text')).toEqual({ min: null, max: null });
  });
});

describe('a ready script', () => {
  const question = { scale_min: null, scale_max: null } as const;
  const template: ScriptTemplate = {
    id: 'service_check',
    language: 'en',
    name: 'n',
    description: 'd',
    purpose: 'p',
    duration_minutes: 2,
    intro_script: 'i',
    questions: [
      { text: 'One?', type: 'scale', scale_min: 0, scale_max: 10 },
      { text: 'Two?', type: 'numeric', ...question },
      { text: 'Three?', type: 'free_text', ...question },
    ],
    spoken_seconds: { intro: 1, questions: [1, 1, 1], total: 4 },
  };

  it('fills in all of the questions, and what it fills in has no fault', () => {
    const filled = questionsOf(template);
    expect(filled).toMatchObject({
      question_1_scale_max: 10,
      question_2_text: 'Two?',
      question_3_type: 'free_text',
    });
    expect(findFaults({ ...complete, ...filled })).toEqual({});
    expect(Object.keys(filled)).toHaveLength(12);
  });
});

describe('a locked field', () => {
  it('says why, and others say nothing', () => {
    const locks = { language: 'It would mix answers.' };
    expect(lockOf(locks, 'language')).toEqual({
      readOnly: true,
      variant: 'filled',
      description: 'It would mix answers.',
    });
    expect(lockOf(locks, 'name')).toEqual({});
  });
});
