import { describe, expect, it } from 'vitest';
import { asProblem, Problem, readProblem, splitFieldErrors } from './problem.ts';

describe('readProblem', () => {
  it('keeps sentence, code, field errors and reference', () => {
    const problem = readProblem(
      422,
      JSON.stringify({
        code: 'request.invalid',
        detail: 'Some fields are not right.',
        request_id: 'r-1',
        errors: [{ field: 'name', message: 'Too long.' }],
      }),
    );
    expect(problem).toMatchObject({ status: 422, code: 'request.invalid', request_id: 'r-1' });
    expect(problem.message).toBe('Some fields are not right.');
    expect(problem.errors).toEqual([{ field: 'name', message: 'Too long.' }]);
  });

  it('survives an answer that is no problem document', () => {
    for (const text of ['<html>Bad gateway</html>', '', '"text"', 'null', '{}']) {
      expect(readProblem(502, text)).toMatchObject({ status: 502, code: 'server.unreadable', message: '' });
    }
  });
});

describe('asProblem', () => {
  it('passes a problem on and takes everything else for an unreachable server', () => {
    const problem = new Problem({ status: 409, code: 'campaign.bad_move' });
    expect(asProblem(problem)).toBe(problem);
    expect(asProblem(new TypeError('fetch failed'))).toMatchObject({
      status: 0,
      code: 'network.unreachable',
    });
  });
});

describe('splitFieldErrors', () => {
  it('gives each known field its first fault and keeps the rest apart', () => {
    const split = splitFieldErrors(
      [
        { field: 'name', message: 'Required.' },
        { field: 'name', message: 'Too short.' },
        { field: 'translations.it', message: 'Not this one.' },
        { field: '', message: 'As a whole.' },
      ],
      ['name'],
    );
    expect(split).toEqual({
      fields: { name: 'Required.' },
      others: ['translations.it: Not this one.', 'As a whole.'],
    });
  });
});
