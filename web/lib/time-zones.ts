/** Every IANA time zone that the browser knows; one that stands on UTC does not list that by itself. */
export const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
