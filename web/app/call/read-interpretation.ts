export type Interpretation = {
  label: string;
  value: string | number | null;
  confidence: number | null;
};

/** What is stored with a turn, as far as it says how the words were understood; null where it does not. */
export function readInterpretation(stored: unknown): Interpretation | null {
  if (typeof stored !== 'object' || stored === null || !('label' in stored)) return null;
  const { label, value, confidence } = stored as Record<string, unknown>;
  if (typeof label !== 'string') return null;
  return {
    label,
    value: typeof value === 'string' || typeof value === 'number' ? value : null,
    confidence: typeof confidence === 'number' ? confidence : null,
  };
}
