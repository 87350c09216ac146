/** Adds up by key. */
export function sumBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  countOf: (item: T) => number,
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const item of items) sums[keyOf(item)] = (sums[keyOf(item)] ?? 0) + countOf(item);
  return sums;
}

/** A percentile of counted values in ascending order, between neighbours as `percentile_cont` does; null of none. */
export function percentileOf(
  cells: readonly { number: number; entries: number }[],
  share: number,
): number | null {
  const entries = cells.reduce((total, cell) => total + cell.entries, 0);
  if (entries === 0) return null;
  const at = share * (entries - 1);
  const low = valueAt(cells, Math.floor(at));
  return low + (valueAt(cells, Math.ceil(at)) - low) * (at - Math.floor(at));
}

function valueAt(cells: readonly { number: number; entries: number }[], position: number): number {
  let before = 0;
  for (const { number, entries } of cells) {
    before += entries;
    if (position < before) return number;
  }
  return cells.at(-1)!.number;
}
