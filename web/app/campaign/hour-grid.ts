import type { Campaign, Stats } from '../../lib/api/model.ts';

export type HourCell = Stats['answer_rate'][number];
type Weekday = HourCell['weekday'];
type Window = Pick<Campaign, 'allowed_weekdays' | 'allowed_call_start_local' | 'allowed_call_end_local'>;

/** The hours worth showing: those in which calls are allowed, and every one in which there was a call. */
export function hourGrid(window: Window, cells: readonly HourCell[]) {
  const start = minutesOf(window.allowed_call_start_local);
  const end = minutesOf(window.allowed_call_end_local);
  const called = cells.map(({ hour }) => hour);
  const first = Math.min(Math.floor(start / 60), ...called);
  const last = Math.max(Math.ceil(end / 60) - 1, ...called);
  const byPlace = new Map(cells.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  return {
    hours: Array.from({ length: last - first + 1 }, (_, at) => first + at),
    cellOf: (weekday: Weekday, hour: number) => byPlace.get(`${weekday} ${hour}`),
    /** True when some minute of that hour lies in the campaign's window. */
    isInWindow: (weekday: Weekday, hour: number) =>
      window.allowed_weekdays.includes(weekday) && hour * 60 < end && (hour + 1) * 60 > start,
  };
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
