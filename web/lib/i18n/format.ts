import { useTranslation } from 'react-i18next';
import type { Language } from './i18n.ts';

// Plain `en` would write American dates for a European audience.
const LOCALE = { en: 'en-GB', it: 'it-IT' } as const satisfies Record<Language, string>;
/** Stands where there is no value. */
export const NOTHING = '–';

/** Numbers, dates and durations as the language writes them; null is a dash everywhere. */
export function formatFor(language: Language) {
  const locale = LOCALE[language];
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const roundShare = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  return {
    number: (value: number | null) => (value === null ? NOTHING : whole.format(value)),
    percent: (value: number | null) => (value === null ? NOTHING : share.format(value)),
    /** Where there is room for two digits only. */
    wholePercent: (value: number) => roundShare.format(value),
    /** The hour or the day that begins then, in a zone. */
    bucket: (value: string, bucket: 'hour' | 'day', timeZone: string) =>
      new Intl.DateTimeFormat(
        locale,
        bucket === 'day'
          ? { dateStyle: 'medium', timeZone }
          : { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone },
      ).format(new Date(value)),
    dateTime: (value: string | null) => (value === null ? NOTHING : moment.format(new Date(value))),
    time: (value: string | null) => (value === null ? NOTHING : clock.format(new Date(value))),
    /** 95 seconds are 1:35. */
    duration: (seconds: number | null) => {
      if (seconds === null) return NOTHING;
      const total = Math.round(seconds);
      return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`;
    },
    milliseconds: (value: number | null) =>
      value === null ? NOTHING : `${whole.format(Math.round(value))} ms`,
  };
}

/** The formats of the language on screen. */
export function useFormat() {
  const { i18n } = useTranslation();
  return formatFor(i18n.language === 'it' ? 'it' : 'en');
}
