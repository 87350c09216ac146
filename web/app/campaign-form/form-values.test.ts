import { describe, expect, it } from 'vitest';
import { boundsFor, emptyCampaign, FIELDS, findFaults } from './form-values.ts';
import { introTemplate, spokenSeconds } from './intro-template.ts';

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

describe('the introduction that is offered', () => {
  it.each([
    ['en', /artificial intelligence/, /two minutes/, /stop at any time/, /\?/],
    ['it', /intelligenza artificiale/, /due minuti/, /interrompere in qualsiasi momento/, /\?/],
  ] as const)('says in %s everything a call must say', (language, ...parts) => {
    const text = introTemplate(language, ' Northfield Library ');
    expect(text).toContain('Northfield Library.');
    for (const part of parts) expect(text).toMatch(part);
  });

  it('is measured at the pace of a calm voice', () => {
    expect(spokenSeconds('')).toBe(0);
    expect(spokenSeconds('one two three four five')).toBe(2);
  });
});
