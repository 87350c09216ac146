import type { FieldError } from '../../../lib/api/problem.ts';

export type Shown = string | number | boolean | string[];
/** The values of a section as its form shows them: a text that is empty stands for none. */
export type Values = Record<string, Shown>;

/** True for the same value, and for lists of the same. */
export function isSame(one: Shown | undefined, other: Shown | undefined): boolean {
  return one === other || (Array.isArray(one) && Array.isArray(other) && String(one) === String(other));
}

/** The values that differ from what the form began with, as the server takes them. */
export function changedValues(before: Values, now: Values): Record<string, Shown | null> {
  const changed = Object.entries(now).filter(([name, value]) => !isSame(value, before[name]));
  return Object.fromEntries(changed.map(([name, value]) => [name, value === '' ? null : value]));
}

/** The faults by the names of the form: `telephony.credentials.auth_token` is `auth_token` there. */
export function withoutPrefix(errors: FieldError[], section: string): FieldError[] {
  const prefix = new RegExp(`^${section}\\.(credentials\\.)?`);
  return errors.map(({ field, message }) => ({ field: field.replace(prefix, ''), message }));
}
