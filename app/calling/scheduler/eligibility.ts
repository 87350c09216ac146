import { Temporal } from 'temporal-polyfill';
import { type DayKind, hoursOn, type Jurisdiction } from '../../campaigns/jurisdictions/jurisdiction.ts';
import { isPublicHoliday } from './public-holidays.ts';

/** When a campaign may ring, in the respondent's own time. */
export type CallWindow = {
  allowed_call_start_local: string;
  allowed_call_end_local: string;
  allowed_weekdays: readonly string[];
  call_on_public_holidays: boolean;
  /** For contacts whose zone is unknown; null: they are not called. */
  time_zone: string | null;
};

/** Where the person may be: every zone the number can lie in. */
export type Whereabouts = { country: string; time_zones: readonly string[] };

export type GateCode = 'time_zone' | 'weekday' | 'public_holiday' | 'local_time';
/** One condition; `time_zone` names the zone that closes it, null where none does. */
export type Gate = { code: GateCode; ok: boolean; time_zone: string | null };

type Question = {
  window: CallWindow;
  whereabouts: Whereabouts;
  ring_timeout_seconds: number;
  /** The law there, where it must be obeyed: the stricter of the two wins. */
  law?: Jurisdiction | null;
};

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
// A window of one weekday that falls on holidays opens again within a few weeks; a year and a bit covers all.
const SEARCH_DAYS = 400;
const MOST_ROUNDS = 1_000;

/** May this person be rung now, and if not, which gate is shut. Every candidate zone must allow it: none known, no call. */
export function windowGates(question: Question, now: Date): Gate[] {
  const zones = candidateZones(question);
  if (zones.length === 0) return [{ code: 'time_zone', ok: false, time_zone: null }];
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const closedBy = (code: Exclude<GateCode, 'time_zone'>): Gate => {
    const zone = zones.find((one) => !zoneGates(question, instant.toZonedDateTimeISO(one))[code]);
    return { code, ok: zone === undefined, time_zone: zone ?? null };
  };
  return [
    { code: 'time_zone', ok: true, time_zone: null },
    closedBy('weekday'),
    closedBy('public_holiday'),
    closedBy('local_time'),
  ];
}

/** True when every gate is open: the one question of the scheduler and of the check before the dial. */
export function isWindowOpen(question: Question, now: Date): boolean {
  const zones = candidateZones(question);
  if (zones.length === 0) return false;
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  try {
    return zones.every((zone) => isOpenIn(question, instant.toZonedDateTimeISO(zone)));
  } catch (error) {
    // A zone this runtime does not know: nobody there is called, everybody else is.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The part of the day of a call: 2 until noon, 3 until five, 4 after (1 is kept for "never called"). */
export type DayPart = 2 | 3 | 4;

/** What part of the day it is there; of several zones the first decides. */
export function dayPart(question: Question, now: Date): DayPart {
  const [zone = 'UTC'] = candidateZones(question);
  const { hour } = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  return hour < 12 ? 2 : hour < 17 ? 3 : 4;
}

/** Minutes until today's window closes, in the zone where it closes first; meaningful while it is open. */
export function minutesToClosing(question: Question, now: Date): number {
  const instant = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const end = Temporal.PlainTime.from(question.window.allowed_call_end_local);
  const left = candidateZones(question).map((zone) =>
    instant.toZonedDateTimeISO(zone).toPlainTime().until(end).total('minutes'),
  );
  return Math.min(...left);
}

/** The first moment from `now` on at which every zone allows a call; null when there is none within a year. */
export function nextWindowOpening(question: Question, now: Date): Date | null {
  const zones = candidateZones(question);
  if (zones.length === 0) return null;
  let moment = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const horizon = moment.add({ hours: SEARCH_DAYS * 24 });
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const openings = zones.map((zone) => nextOpeningIn(question, moment.toZonedDateTimeISO(zone)));
    if (openings.includes(null)) return null;
    const latest = (openings as Temporal.Instant[]).reduce((a, b) =>
      Temporal.Instant.compare(a, b) >= 0 ? a : b,
    );
    if (latest.equals(moment)) return new Date(moment.epochMilliseconds);
    if (Temporal.Instant.compare(latest, horizon) > 0) return null;
    moment = latest;
  }
  return null;
}

function candidateZones({ window, whereabouts }: Question): readonly string[] {
  if (whereabouts.time_zones.length > 0) return whereabouts.time_zones;
  return window.time_zone === null ? [] : [window.time_zone];
}

function isOpenIn(question: Question, local: Temporal.ZonedDateTime): boolean {
  const { weekday, public_holiday, local_time } = zoneGates(question, local);
  return weekday && public_holiday && local_time;
}

/** The clock on the wall decides, at the first ring and at the last: so it also holds across a change of the clocks. */
function zoneGates(question: Question, local: Temporal.ZonedDateTime) {
  const { window, whereabouts, ring_timeout_seconds, law } = question;
  const date = local.toPlainDate();
  const lastRing = local.add({ seconds: ring_timeout_seconds });
  const hours = hoursOf(question, date);
  const isWithin = (time: Temporal.PlainTime) =>
    hours !== null &&
    Temporal.PlainTime.compare(time, hours.start) >= 0 &&
    Temporal.PlainTime.compare(time, hours.end) <= 0;
  const onHolidays = window.call_on_public_holidays && (law?.public_holidays_allowed ?? true);
  return {
    weekday: window.allowed_weekdays.includes(WEEKDAYS[local.dayOfWeek - 1]!) && hours !== null,
    public_holiday: onHolidays || !isPublicHoliday(whereabouts.country, date.toString()),
    local_time:
      isWithin(local.toPlainTime()) &&
      isWithin(lastRing.toPlainTime()) &&
      lastRing.toPlainDate().equals(date),
  };
}

/** The campaign's hours, narrowed by those of the law on such a day; null where the law leaves none. */
function hoursOf({ window, whereabouts, law }: Question, date: Temporal.PlainDate) {
  const own = {
    start: Temporal.PlainTime.from(window.allowed_call_start_local),
    end: Temporal.PlainTime.from(window.allowed_call_end_local),
  };
  if (!law) return own;
  const allowed = hoursOn(law, dayKind(whereabouts.country, date));
  if (allowed === null) return null;
  const [start, end] = [Temporal.PlainTime.from(allowed.start), Temporal.PlainTime.from(allowed.end)];
  return {
    start: Temporal.PlainTime.compare(start, own.start) > 0 ? start : own.start,
    end: Temporal.PlainTime.compare(end, own.end) < 0 ? end : own.end,
  };
}

// The eve of a public holiday counts as a Saturday; a Sunday stays one.
function dayKind(country: string, date: Temporal.PlainDate): DayKind {
  if (date.dayOfWeek === 7) return 'sunday';
  const isEve = isPublicHoliday(country, date.add({ days: 1 }).toString());
  return date.dayOfWeek === 6 || isEve ? 'saturday' : 'weekday';
}

function nextOpeningIn(question: Question, from: Temporal.ZonedDateTime): Temporal.Instant | null {
  if (isOpenIn(question, from)) return from.toInstant();
  for (let days = 0; days < SEARCH_DAYS; days += 1) {
    const moments = momentsOfChange(question, from.toPlainDate().add({ days }), from.timeZoneId);
    const opening = moments.find(
      (moment) => Temporal.ZonedDateTime.compare(moment, from) > 0 && isOpenIn(question, moment),
    );
    if (opening) return opening.toInstant();
  }
  return null;
}

/** When a window can open on that day: at its start (which a day of clock change has twice, or not), or at the change. */
function momentsOfChange(question: Question, date: Temporal.PlainDate, timeZone: string) {
  const hours = hoursOf(question, date);
  if (hours === null) return [];
  const start = date.toPlainDateTime(hours.start);
  const midnight = date.toZonedDateTime(timeZone);
  if (midnight.hoursInDay === 24) return [start.toZonedDateTime(timeZone)];
  const change = midnight.getTimeZoneTransition('next');
  return [
    midnight,
    start.toZonedDateTime(timeZone, { disambiguation: 'earlier' }),
    start.toZonedDateTime(timeZone, { disambiguation: 'later' }),
    ...(change?.toPlainDate().equals(date) ? [change] : []),
  ].sort(Temporal.ZonedDateTime.compare);
}
