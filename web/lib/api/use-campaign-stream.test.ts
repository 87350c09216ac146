import { describe, expect, it } from 'vitest';
import { type HeardCall, withCall } from './use-campaign-stream.ts';

const call = (call_id: string, step = 'dialled'): HeardCall => ({
  call_id,
  contact_id: 'c',
  provider_status: 'ringing',
  step,
  outcome: null,
  heard_at: '2026-11-24T10:00:00Z',
});

describe('the calls that were heard of', () => {
  it('have one line each, the latest news first', () => {
    const calls = [call('1'), call('2'), call('1', 'answered')].reduce<HeardCall[]>(withCall, []);
    expect(calls.map(({ call_id, step }) => `${call_id} ${step}`)).toEqual(['1 answered', '2 dialled']);
  });

  it('are so many and no more', () => {
    const all = Array.from({ length: 100 }, (_, at) => call(String(at)));
    const calls = all.reduce<HeardCall[]>(withCall, []);
    expect(calls).toHaveLength(30);
    expect(calls[0]?.call_id).toBe('99');
  });
});
