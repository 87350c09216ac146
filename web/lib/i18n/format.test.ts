import { describe, expect, it } from 'vitest';
import { formatFor, NOTHING } from './format.ts';

const en = formatFor('en');
const it_ = formatFor('it');
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

describe('formatFor', () => {
  it('writes numbers as the language does', () => {
    expect(en.number(1_234_567)).toBe('1,234,567');
    expect(it_.number(1_234_567)).toBe('1.234.567');
    expect(en.number(3.456)).toBe('3.5');
  });

  it('writes rates as percentages and their absence as a dash', () => {
    expect(en.percent(0.4567)).toBe('45.7%');
    expect(it_.percent(0.4567)).toBe('45,7%');
    expect([en.percent(null), en.number(null), en.dateTime(null), en.time(null)]).toEqual(
      Array(4).fill(NOTHING),
    );
  });

  it('writes durations in minutes and seconds', () => {
    expect([0, 9.4, 95, 3_600, null].map((seconds) => en.duration(seconds))).toEqual([
      '0:00',
      '0:09',
      '1:35',
      '60:00',
      NOTHING,
    ]);
  });

  it('writes a latency in whole milliseconds', () => {
    expect(plain(en.milliseconds(12.6))).toBe('13 ms');
    expect(en.milliseconds(null)).toBe(NOTHING);
  });

  it('names the month in the language', () => {
    expect(en.dateTime('2026-11-23T12:00:00Z')).toContain('Nov');
    expect(it_.dateTime('2026-11-23T12:00:00Z')).toContain('nov');
  });
});
