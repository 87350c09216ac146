import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isWindowOpen, nextWindowOpening } from './eligibility.ts';

const YEAR = 2027;
const RING = 25;
const STEP_MS = 30 * 60_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'sun'];
const [START, END] = ['01:30', '20:00'];

const question = (zone: string) => ({
  window: {
    allowed_call_start_local: START,
    allowed_call_end_local: END,
    allowed_weekdays: DAYS,
    call_on_public_holidays: true,
    time_zone: null,
  },
  whereabouts: { country: 'IT', time_zones: [zone] },
  ring_timeout_seconds: RING,
});

/** The wall clock as the runtime's own calendar tells it, without the library that the product reckons with. */
function wallClock(zone: string) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (ms: number) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return {
      day: parts.day,
      weekday: parts.weekday!.toLowerCase(),
      time: `${parts.hour}:${parts.minute}:${parts.second}`,
    };
  };
}

/** The days of the year on which this zone changes its clocks. */
function changes(zone: string): number[] {
  const end = Temporal.PlainDate.from({ year: YEAR + 1, month: 1, day: 1 }).toZonedDateTime(zone);
  const found: number[] = [];
  let at = Temporal.PlainDate.from({ year: YEAR, month: 1, day: 1 }).toZonedDateTime(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || Temporal.ZonedDateTime.compare(next, end) >= 0) return found;
    found.push(next.epochMilliseconds);
    at = next;
  }
}

const zones = Intl.supportedValuesOf('timeZone');
const changing = zones
  .map((zone) => ({ zone, moments: changes(zone) }))
  .filter(({ moments }) => moments.length > 0);

describe('every zone of the world, around every change of its clocks', () => {
  it('there are many of them', () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(changing.length).toBeGreaterThan(100);
  });

  it('the window is open exactly when the wall clock shows a time inside, at the first ring and at the last', () => {
    for (const { zone, moments } of changing) {
      const clock = wallClock(zone);
      const asked = question(zone);
      for (const moment of moments) {
        for (let ms = moment - 86_400_000; ms <= moment + 86_400_000; ms += STEP_MS) {
          const [first, last] = [clock(ms), clock(ms + RING * 1_000)];
          const isInside = ({ time }: { time: string }) => time >= `${START}:00` && time <= `${END}:00`;
          const expected =
            DAYS.includes(first.weekday) && first.day === last.day && isInside(first) && isInside(last);
          const open = isWindowOpen(asked, new Date(ms));
          if (open !== expected) expect.fail(`${zone} at ${new Date(ms).toISOString()}: ${open}`);
        }
      }
    }
  }, 120_000);

  it('the next opening after a change is open, and lies on an allowed day', () => {
    for (const { zone, moments } of changing) {
      const clock = wallClock(zone);
      for (const moment of moments) {
        const next = nextWindowOpening(question(zone), new Date(moment));
        expect(next, zone).not.toBeNull();
        expect(isWindowOpen(question(zone), next!), zone).toBe(true);
        expect(DAYS).toContain(clock(next!.getTime()).weekday);
      }
    }
  }, 120_000);
});
