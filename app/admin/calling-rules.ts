import { z } from 'zod';
import { isTimeZone } from './is-time-zone.ts';
import type { Settings } from './settings.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const localTime = z.string().refine((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), {
  message: 'Is no time of day, such as 09:00.',
  params: { it: "Non è un'ora del giorno, come 09:00." },
});

/** When and how often a campaign calls, each rule for itself: what a campaign says, and what new ones begin with. */
export const callingRules = {
  max_attempts: z.number().int().min(1).max(5),
  retry_interval_minutes: z.number().int().min(1).max(525_600),
  allowed_call_start_local: localTime,
  allowed_call_end_local: localTime,
  allowed_weekdays: z
    .array(z.enum(WEEKDAYS))
    .refine((days) => days.length > 0, {
      message: 'Choose at least one weekday.',
      params: { it: 'Scelga almeno un giorno della settimana.' },
    })
    .transform((days) => WEEKDAYS.filter((day) => days.includes(day)) as string[]),
  call_on_public_holidays: z.boolean(),
  time_zone: z
    .string()
    .refine(isTimeZone, {
      message: 'Is no IANA time zone, such as Europe/Rome.',
      params: { it: 'Non è un fuso orario IANA, come Europe/Rome.' },
    })
    .nullable(),
};
const allRules = z.object(callingRules);
export type CallingRules = z.output<typeof allRules>;

/** The rules with which a new campaign begins where nothing else is said. */
export function callingDefaults(settings: Settings): CallingRules {
  return {
    max_attempts: settings.default_max_attempts,
    retry_interval_minutes: settings.default_retry_interval_minutes,
    allowed_call_start_local: settings.default_call_start_local,
    allowed_call_end_local: settings.default_call_end_local,
    allowed_weekdays: settings.default_weekdays,
    call_on_public_holidays: settings.default_call_on_public_holidays,
    time_zone: settings.default_time_zone,
  };
}
