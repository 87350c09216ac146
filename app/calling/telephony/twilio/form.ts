export type Form = Record<string, string | string[]>;

/** The fields of a form-encoded body, empty ones kept (they are signed), repeated ones as a list. */
export function formOf(body: Buffer): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    const before = form[name];
    form[name] = before === undefined ? value : [before, value].flat();
  }
  return form;
}

/** One field as text; null when missing or empty. */
export function fieldOf(form: Form, name: string): string | null {
  const value = form[name];
  const single = Array.isArray(value) ? value.at(-1) : value;
  return single === undefined || single === '' ? null : single;
}
