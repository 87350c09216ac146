import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type CallWindow, isWindowOpen, nextWindowOpening, windowGates } from './eligibility.ts';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const RING = 25;

function question(window: Partial<CallWindow> = {}, time_zones: string[] = ['Europe/Rome'], country = 'IT') {
  return {
    window: {
      allowed_call_start_local: '09:00',
      allowed_call_end_local: '20:00',
      allowed_weekdays: WEEK,
      call_on_public_holidays: false,
      time_zone: null,
      ...window,
    },
    whereabouts: { country, time_zones },
    ring_timeout_seconds: RING,
  };
}
const at = (text: string) => new Date(text);

describe('the window', () => {
  it.each([
    ['2026-11-25T07:59:59Z', false],
    ['2026-11-25T08:00:00Z', true],
    ['2026-11-25T18:59:35Z', true],
    ['2026-11-25T18:59:36Z', false], // it would still ring at 20:00
  ])('in Rome from 9 to 20 at %s is %s', (moment, open) => {
    expect(isWindowOpen(question(), at(moment))).toBe(open);
  });

  it('is open only when every candidate zone allows it', () => {
    const both = question({}, ['America/New_York', 'America/Los_Angeles'], 'US');
    expect(isWindowOpen(both, at('2026-11-24T15:00:00Z'))).toBe(false);
    expect(isWindowOpen(both, at('2026-11-24T18:00:00Z'))).toBe(true);
    expect(windowGates(both, at('2026-11-24T15:00:00Z'))).toContainEqual({
      code: 'local_time',
      ok: false,
      time_zone: 'America/Los_Angeles',
    });
  });

  it('is closed without a zone, and open in the campaign’s where it has one', () => {
    const noon = at('2026-11-25T11:00:00Z');
    expect(isWindowOpen(question({}, []), noon)).toBe(false);
    expect(windowGates(question({}, []), noon)).toEqual([{ code: 'time_zone', ok: false, time_zone: null }]);
    expect(nextWindowOpening(question({}, []), noon)).toBeNull();
    expect(isWindowOpen(question({ time_zone: 'Europe/Rome' }, []), noon)).toBe(true);
  });

  it('is closed in a zone that nobody knows', () => {
    expect(isWindowOpen(question({}, ['Mars/Olympus_Mons']), at('2026-11-25T11:00:00Z'))).toBe(false);
  });

  it('keeps public holidays of the number’s country free, unless the campaign calls on them', () => {
    const christmas = at('2026-12-25T11:00:00Z');
    expect(isWindowOpen(question(), christmas)).toBe(false);
    expect(isWindowOpen(question({ call_on_public_holidays: true }), christmas)).toBe(true);
    expect(nextWindowOpening(question(), christmas)).toEqual(at('2026-12-27T08:00:00Z'));
  });

  it('opens at the change of the clocks when its start does not exist that day', () => {
    const early = question({ allowed_call_start_local: '02:30', allowed_call_end_local: '05:00' });
    expect(nextWindowOpening(early, at('2026-03-28T23:30:00Z'))).toEqual(at('2026-03-29T01:00:00Z'));
  });

  it('finds no opening for a window shorter than the ringing', () => {
    const never = question({ allowed_call_start_local: '09:00', allowed_call_end_local: '09:00' });
    expect(nextWindowOpening(never, at('2026-11-25T11:00:00Z'))).toBeNull();
  });
});

const ZONES = [
  'Europe/Rome',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
];
const START_OF_YEAR = Date.UTC(2026, 0, 1);
const minutes = fc.integer({ min: 0, max: 23 * 60 + 59 });
const clock = (of: number) =>
  `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;

const anyQuestion = fc
  .record({
    bounds: fc.tuple(minutes, minutes).filter(([a, b]) => Math.abs(a - b) > 1),
    zones: fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 2 }),
    days: fc.uniqueArray(fc.constantFrom(...WEEK), { minLength: 1 }),
  })
  .map(({ bounds, zones, days }) =>
    question(
      {
        allowed_call_start_local: clock(Math.min(...bounds)),
        allowed_call_end_local: clock(Math.max(...bounds)),
        allowed_weekdays: days,
        call_on_public_holidays: true,
      },
      zones,
    ),
  );

describe('for any window, zones and moment', () => {
  const anyMoment = fc.integer({ min: 0, max: 365 * 86_400 }).map((s) => new Date(START_OF_YEAR + s * 1_000));

  it('open means: the clocks on every wall show a time inside, at the first ring and at the last', () => {
    fc.assert(
      fc.property(anyQuestion, anyMoment, (asked, moment) => {
        const shows = (ms: number, zone: string) =>
          Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        const expected = asked.whereabouts.time_zones.every((zone) => {
          const [first, last] = [0, RING * 1_000].map((later) => shows(moment.getTime() + later, zone));
          return [first!, last!].every(
            (local) =>
              local.toPlainDate().equals(first!.toPlainDate()) &&
              asked.window.allowed_weekdays.includes(WEEK[local.dayOfWeek - 1]!) &&
              local.toPlainTime().toString() >= asked.window.allowed_call_start_local &&
              Temporal.PlainTime.compare(local.toPlainTime(), asked.window.allowed_call_end_local) <= 0,
          );
        });
        expect(isWindowOpen(asked, moment)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('the next opening is open, and nothing before it is', () => {
    fc.assert(
      fc.property(
        anyQuestion,
        anyMoment,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (asked, moment, share) => {
          const next = nextWindowOpening(asked, moment);
          if (next === null) return;
          expect(isWindowOpen(asked, next)).toBe(true);
          const before = moment.getTime() + Math.floor((next.getTime() - moment.getTime()) * share);
          if (before < next.getTime()) expect(isWindowOpen(asked, new Date(before))).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });
});
