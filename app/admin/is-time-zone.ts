// Area/Location, and the few names without a slash that are no abbreviation: Intl also takes offsets and `cet`.
const NAME = /^[A-Z][A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/;

/** True for an IANA time zone that this platform can compute with, in its usual spelling. */
export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
