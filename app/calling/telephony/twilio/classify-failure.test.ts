import { describe, expect, it } from 'vitest';
import { classifyFailure } from './classify-failure.ts';

describe('an answer to a dial that is no success', () => {
  it.each<[unknown, object]>([
    [{ code: 'ECONNREFUSED' }, { kind: 'not_placed' }],
    [{ code: 'ENOTFOUND' }, { kind: 'not_placed' }],
    [{ code: 'ECONNRESET' }, { kind: 'unknown' }],
    [{ code: 'ECONNABORTED' }, { kind: 'unknown' }],
    [new Error('anything'), { kind: 'unknown' }],
    [{ status: 500, code: 20500 }, { kind: 'unknown' }],
    [
      { status: 502, message: '[HTTP 502] Failed' },
      { kind: 'unknown', error_code: 'http_502' },
    ],
    [
      { status: 429, code: 20429 },
      { kind: 'not_placed', error_code: '20429' },
    ],
    [
      { status: 400, code: 21211 },
      { kind: 'rejected', failure: 'invalid_number' },
    ],
    [
      { status: 400, code: 21216 },
      { kind: 'rejected', failure: 'blocked' },
    ],
    [
      { status: 400, code: 21215 },
      { kind: 'rejected', failure: 'configuration' },
    ],
    [{ status: 400, code: 10004 }, { kind: 'not_placed' }],
    [
      { status: 401, code: 20003 },
      { kind: 'rejected', failure: 'account' },
    ],
    [{ status: 401 }, { kind: 'rejected', failure: 'account' }],
    [
      { status: 400, code: 99999 },
      { kind: 'rejected', failure: 'configuration' },
    ],
  ])('%o is %o', (error, expected) => {
    expect(classifyFailure(error)).toMatchObject(expected);
  });

  it('quotes no number in its detail', () => {
    const refusal = classifyFailure({
      status: 400,
      code: 21215,
      message: 'not allowed to call +390212345678',
    });
    expect(refusal).toMatchObject({ detail: 'Twilio 21215: not allowed to call …' });
  });
});
