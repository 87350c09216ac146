/** The value where it is one of the allowed ones, else nothing: an address typed by hand breaks no page. */
export function oneOf<const T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

/** A text that is not empty; the router reads `?q=39` as a number. */
export function textParam(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** A page number from 2 up; the first page needs no parameter. */
export function pageParam(value: unknown): number | undefined {
  const page = Number(value);
  return Number.isInteger(page) && page > 1 ? page : undefined;
}

/** An address of this site and no other: a link may not send somebody elsewhere after the sign-in. */
export function pathParam(value: unknown): string | undefined {
  const path = textParam(value);
  return path !== undefined && /^\/(?![/\\])/.test(path) ? path : undefined;
}

/** Drops what is undefined, so that addresses stay short and comparable. */
export function compact<T extends Record<string, unknown>>(
  search: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
