import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';

// Loaded when first asked about a country: most processes never are, and it costs a start a tenth of its time.
const load = createRequire(import.meta.url);

const DAY_MS = 86_400_000;
const known = new Map<string, ReadonlySet<string>>();

/** True when `date` (YYYY-MM-DD) is a public holiday all over the country; false for a country nobody has data for. */
export function isPublicHoliday(country: string, date: string): boolean {
  return holidaysOf(country, Number(date.slice(0, 4))).has(date);
}

// Computing a country's year takes milliseconds, asking takes none: once per process is enough.
function holidaysOf(country: string, year: number): ReadonlySet<string> {
  const key = `${country} ${year}`;
  let days = known.get(key);
  if (!days) {
    days = new Set(computeHolidays(country, year));
    known.set(key, days);
  }
  return days;
}

function computeHolidays(country: string, year: number): string[] {
  if (country === '') return [];
  const Calendar = load('date-holidays') as typeof Holidays;
  const calendar = new Calendar(country);
  // A feast of several days may have begun in the old year.
  return [year - 1, year]
    .flatMap((one) => calendar.getHolidays(one) ?? [])
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, start, end }) => {
      const length = Math.max(1, Math.ceil((end.getTime() - start.getTime()) / DAY_MS));
      const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
      return Array.from({ length }, (_, n) => new Date(first + n * DAY_MS).toISOString().slice(0, 10));
    });
}
