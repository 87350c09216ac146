import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LineEnd } from './line-end.ts';

const DEADLINE_MS = 8_000;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aLine() {
  const did: string[] = [];
  const end = new LineEnd({ endSession: () => did.push('end'), hangUp: () => did.push('hang up') });
  return { end, did };
}

describe('a call that is to end', () => {
  it('ends when its last line was played, and is hung up should that not help', () => {
    const { end, did } = aLine();
    end.arm(3, DEADLINE_MS, false);
    end.played(2);
    expect(did).toEqual([]);
    end.played(3);
    expect(did).toEqual(['end']);
    vi.advanceTimersByTime(DEADLINE_MS);
    expect(did).toEqual(['end', 'hang up']);
  });

  it('ends at its deadline when the last line is never spoken: the voice has failed', () => {
    const { end, did } = aLine();
    end.arm(3, DEADLINE_MS, false);
    vi.advanceTimersByTime(DEADLINE_MS - 1);
    expect(did).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(did).toEqual(['end', 'hang up']);
  });

  it('keeps its earliest deadline, whatever else it waits for', () => {
    const { end, did } = aLine();
    end.arm(null, DEADLINE_MS, true);
    vi.advanceTimersByTime(5_000);
    end.arm(4, DEADLINE_MS, false);
    vi.advanceTimersByTime(3_000);
    expect(did).toEqual(['end', 'hang up']);
  });

  it('is hung up though its socket is lost before the end could be said', () => {
    const { end, did } = aLine();
    end.arm(3, DEADLINE_MS, false);
    end.stop();
    vi.advanceTimersByTime(DEADLINE_MS);
    expect(did).toEqual(['hang up']);
  });

  it('is left alone when it ended and its socket closed', () => {
    const { end, did } = aLine();
    end.arm(null, DEADLINE_MS, false);
    end.stop();
    vi.advanceTimersByTime(DEADLINE_MS);
    expect(did).toEqual(['end']);
  });
});

it('a call that goes on is not ended by the loss of its socket', () => {
  const { end, did } = aLine();
  end.stop();
  vi.advanceTimersByTime(60_000);
  expect(did).toEqual([]);
});
