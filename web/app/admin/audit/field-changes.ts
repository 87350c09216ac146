export type FieldChange = { name: string; previous: string | null; next: string | null };

/** The fields of an entry with their values as text; what is no change of fields yields none. */
export function fieldChanges(changes: unknown): FieldChange[] {
  if (typeof changes !== 'object' || changes === null) return [];
  return Object.entries(changes).map(([name, change]) => {
    const { previous = null, new: next = null } = (change ?? {}) as { previous?: unknown; new?: unknown };
    return { name, previous: textOf(previous), next: textOf(next) };
  });
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
