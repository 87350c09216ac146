import { describe, expect, it } from 'vitest';
import { changedValues, withoutPrefix } from './changed-values.ts';

describe('changedValues', () => {
  it('holds what differs and nothing else, so that nobody’s change is undone by a form that shows it', () => {
    const before = { host: 'mail.example', port: 25, from: 'a@b.example' };
    expect(changedValues(before, { ...before, port: 587 })).toEqual({ port: 587 });
    expect(changedValues(before, { ...before })).toEqual({});
  });

  it('sends a text that was emptied as none', () => {
    expect(changedValues({ host: 'mail.example' }, { host: '' })).toEqual({ host: null });
  });
});

describe('withoutPrefix', () => {
  it('finds the field of the form behind the name on the wire', () => {
    const faults = ['telephony.outbound_number', 'telephony.credentials.auth_token', 'llm.api_key'];
    const named = withoutPrefix(
      faults.map((field) => ({ field, message: 'no' })),
      'telephony',
    );
    expect(named.map(({ field }) => field)).toEqual(['outbound_number', 'auth_token', 'llm.api_key']);
  });
});
