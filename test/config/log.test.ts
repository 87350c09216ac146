import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../app/errors.ts';
import { Secret } from '../../app/infra/config/secret.ts';
import { createLog, scrub } from '../../app/infra/observability/log.ts';

/** A log and the lines that it wrote, parsed. */
function logged() {
  const lines: string[] = [];
  const log = createLog('info', (line) => lines.push(line));
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') };
}

describe('a line of the log', () => {
  it.each([
    ['+393471234567', '[phone]'],
    ['a call to +39 347 123-4567 failed', 'a call to [phone] failed'],
    ['/search?phone_number=%2B393471234567', '/search?phone_number=[phone]'],
    ['(+39347123456)', '([phone])'],
    ['anna.bianchi+x@posta.example.it wrote', '[email] wrote'],
    ['login_hint=anna%40example.com', 'login_hint=[email]'],
  ])('hides what is personal in %s', (text, hidden) => {
    expect(scrub(text)).toBe(hidden);
  });

  it.each([
    '0192f5a0-7c1e-7a3b-9d5e-0123456789ab',
    '2026-11-25T11:00:00.000+01:00',
    '"ms":1764068400000',
    'CA0123456789abcdef0123456789abcdef',
  ])('leaves %s alone', (text) => {
    expect(scrub(text)).toBe(text);
  });

  it('stays JSON, and carries the ids it was given', () => {
    const { log, last } = logged();
    log.child({ request_id: 'r' }).info({ call_id: 'c', to: '+393471234567' }, 'dialled');
    expect(last()).toMatchObject({ request_id: 'r', call_id: 'c', to: '[phone]', msg: 'dialled' });
  });

  it('tells of an error what helps, and not the row it was about', () => {
    const { log, lines, last } = logged();
    const fault = Object.assign(new Error('duplicate key value violates unique constraint "x"'), {
      code: '23505',
      constraint: 'x',
      detail: 'Key (name)=(Anna Bianchi) already exists.',
      parameters: ['Anna Bianchi'],
    });
    log.error({ err: new AppError('server.internal', 'It failed.', { cause: fault }) }, 'failed');
    expect(last().err).toMatchObject({
      name: 'AppError',
      code: 'server.internal',
      cause: { code: '23505', constraint: 'x' },
    });
    expect(lines.join()).not.toContain('Bianchi');
  });

  it('survives whatever is thrown', () => {
    const { log, last } = logged();
    const circular = new Error('round');
    circular.cause = circular;
    log.error({ err: circular }, 'failed');
    log.error({ err: 'a text' }, 'failed');
    expect(last()).toMatchObject({ err: 'string', msg: 'failed' });
  });
});

describe('a secret', () => {
  const secret = new Secret('do not show');
  it.each([
    ['in a template', `${secret}`],
    ['as JSON', JSON.stringify({ secret })],
    ['inspected', inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
    ['by its keys', JSON.stringify(Object.entries(secret))],
  ])('does not show %s', (_name, text) => {
    expect(text).not.toContain('do not show');
  });
  it('does not show in the log, and is still there', () => {
    const { log, lines } = logged();
    log.info({ secret }, 'used');
    expect(lines.join()).toContain('[secret]');
    expect(secret.reveal()).toBe('do not show');
  });
});
