// In this order: every browser claims to be the ones before it.
const BROWSERS: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/(Headless)?Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** A browser and its system as a person calls them; what is not known is shown by its first word. */
export function browserOf(user_agent: string | null): string | null {
  if (user_agent === null) return null;
  const nameIn = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(user_agent))?.[1];
  const names = [nameIn(BROWSERS), nameIn(SYSTEMS)].filter((name) => name !== undefined);
  return names.length > 0 ? names.join(', ') : (user_agent.split(/[\s/]/)[0] ?? null);
}
