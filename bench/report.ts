/** One result: what was measured, with its figures by name (units end the names). */
export type Report = { what: string } & Record<string, string | number | boolean>;

/** A benchmark of one hot path. `isSmall`: a tenth of the size, to see that it runs. */
export type Bench = (options: { print(report: Report): void; isSmall: boolean }) => Promise<void>;

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Two decimals are all that these machines can tell. */
export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}
