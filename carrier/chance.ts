import { createHash } from 'node:crypto';

/**
 * A number in [0, 1) that depends on nothing but its arguments.
 * Keyed hashing instead of a running generator: who calls first, and how often, changes nothing for the others.
 */
export function chance(seed: number, ...key: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update([seed, ...key].join('\u0000'))
    .digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** One member of a non-empty list, chosen by seed and key alone. */
export function pick<T>(list: readonly T[], seed: number, ...key: readonly (string | number)[]): T {
  const chosen = list[Math.floor(chance(seed, ...key) * list.length)];
  if (chosen === undefined) throw new RangeError('cannot pick from an empty list');
  return chosen;
}
