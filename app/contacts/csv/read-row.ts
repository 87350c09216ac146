import { isTimeZone } from '../../campaigns/is-time-zone.ts';
import type { PreferredLanguage } from '../../infra/db/tables.ts';
import { type CountryCode, readPhone } from '../phone.ts';
import { timeZonesOfNumber } from '../time-zone.ts';
import { isEmail, readBoolean, readLanguage } from './cells.ts';
import type { Column, ColumnPositions } from './columns.ts';
import type { CsvRecord } from './csv-records.ts';
import type { ProblemCode } from './problem-messages.ts';

/** A valid row, in the product's own terms. */
export type ContactRow = {
  line_number: number;
  external_contact_id: string | null;
  phone_number: string;
  country: string;
  email: string | null;
  preferred_language: PreferredLanguage;
  has_prior_consent: boolean;
  do_not_call: boolean;
  time_zones: readonly string[];
  time_zone_source: 'csv' | 'number' | 'none';
};

/** One fault of a row: the field, why, and what stood there. */
export type RowProblem = { field: Column | 'row'; code: ProblemCode; value: string };

export type ReadRow = { contact: ContactRow } | { problems: RowProblem[] };

/** How the rows of one file are to be read. */
export type Reading = { width: number; positions: ColumnPositions; default_country: CountryCode | null };

const LONGEST_ID = 200;
const LONGEST_VALUE = 500;

/** A record as a contact, or all of its faults: a bad row is a value, never an exception. */
export function readRow(record: CsvRecord, reading: Reading): ReadRow {
  const { cells, line_number } = record;
  const ragged = raggedness(cells, reading.width);
  if (ragged) return { problems: [ragged] };
  const problems: RowProblem[] = [];
  const cell = (column: Column) => cells[reading.positions[column] ?? -1]?.trim() ?? '';
  const fault = (field: Column, code: ProblemCode) => {
    problems.push({ field, code, value: shown(cell(field)) });
    return null;
  };
  const phone = readPhone(cell('phone_number'), reading.default_country);
  if ('problem' in phone) fault('phone_number', phone.problem);
  const id = cell('external_contact_id');
  if (id.length > LONGEST_ID) fault('external_contact_id', 'text.too_long');
  if (id.includes('\0')) fault('external_contact_id', 'text.unreadable');
  const email = cell('email');
  if (email !== '' && !isEmail(email)) fault('email', 'email.not_valid');
  const preferred_language = readLanguage(cell('language')) ?? fault('language', 'language.unknown');
  const has_prior_consent =
    readBoolean(cell('has_prior_consent')) ?? fault('has_prior_consent', 'boolean.unknown');
  const do_not_call = readBoolean(cell('do_not_call')) ?? fault('do_not_call', 'boolean.unknown');
  const zones = cell('time_zone')
    .split(/\s*[|;]\s*/)
    .filter((zone) => zone !== '');
  if (!zones.every(isTimeZone)) fault('time_zone', 'time_zone.unknown');
  if (problems.length > 0 || 'problem' in phone) return { problems };
  return {
    contact: {
      line_number,
      ...phone,
      ...zonesOf(phone.phone_number, zones),
      external_contact_id: id || null,
      email: email || null,
      // Not null here: each null above has left its problem.
      preferred_language: preferred_language ?? 'auto',
      has_prior_consent: has_prior_consent ?? false,
      do_not_call: do_not_call ?? false,
    },
  };
}

function zonesOf(
  phone_number: string,
  written: string[],
): Pick<ContactRow, 'time_zones' | 'time_zone_source'> {
  if (written.length > 0) return { time_zones: [...new Set(written)].sort(), time_zone_source: 'csv' };
  const time_zones = timeZonesOfNumber(phone_number);
  return { time_zones, time_zone_source: time_zones.length > 0 ? 'number' : 'none' };
}

// Empty cells behind the last column are what a spreadsheet leaves there; missing or further ones shift the meaning.
function raggedness(cells: string[], width: number): RowProblem | null {
  const value = () => shown(cells.join(' | '));
  if (cells.length < width) return { field: 'row', code: 'row.too_few_cells', value: value() };
  const hasMore = cells.slice(width).some((cell) => cell.trim() !== '');
  return hasMore ? { field: 'row', code: 'row.too_many_cells', value: value() } : null;
}

function shown(value: string): string {
  return value.replaceAll('\0', '\ufffd').slice(0, LONGEST_VALUE);
}
