import type { ContactUpload } from '../../../app/contacts/import/import-contacts.ts';

/** What becomes of a file: its counts (data rows, accepted, rejected, duplicates, excluded), its faults as line:field:code. */
export type Expected = {
  counts: [number, number, number, number, number];
  faults?: string[];
  numbers?: string[];
};
export type NastyFile = {
  name: string;
  bytes: string | Buffer;
  options?: Partial<Pick<ContactUpload, 'delimiter' | 'default_country' | 'mapping'>>;
  /** Or the code with which it is refused as a whole. */
  expected: Expected | { code: string };
};

/** A number of the common kind. */
export const n = (last: number) => `+39347000${String(last).padStart(4, '0')}`;
export const IT = { default_country: 'IT' } as const;

/** All rows are good, and become these. */
export const accepted = (...numbers: string[]): Expected => ({
  counts: [numbers.length, numbers.length, 0, 0, 0],
  numbers,
});

/** The one row is refused for these. */
export const rejected = (...faults: string[]): Expected => ({ counts: [1, 0, 1, 0, 0], faults });
export const one = accepted(n(1));
