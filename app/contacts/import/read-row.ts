import { isTimeZone } from '../../admin/is-time-zone.ts';
import type { PreferredLanguage, TimeZoneSource } from '../contact.ts';
import { isEmail, readBoolean, readLanguage } from '../csv/cells.ts';
import type { Column, ColumnPositions } from '../csv/columns.ts';
import type { CsvRecord } from '../csv/csv-records.ts';
import { type CountryCode, readPhone } from '../phone.ts';
import { timeZonesOfNumber } from '../time-zone.ts';

export type RowContact = {
  external_contact_id: string | null;
  phone_number: string;
  email: string | null;
  preferred_language: PreferredLanguage;
  has_prior_consent: boolean;
  do_not_call: boolean;
  country: string;
  time_zones: readonly string[];
  time_zone_source: TimeZoneSource;
};

export type RowProblem = { field: Column | 'row'; code: string; value: string };

/** A row is a contact or a list of what is wrong with it; a bad row is a value, not an exception. */
export type ReadRow = { contact: RowContact } | { problems: RowProblem[] };

export type RowRules = {
  positions: ColumnPositions;
  width: number;
  default_country: CountryCode | null;
  /** Where a contact's own zone cannot be known: the campaign's, or none. */
  fallback: 'campaign' | 'none';
};

const LONGEST_ID = 200;

/** Reads one record by the positions of its columns. */
export function readRow(record: CsvRecord, rules: RowRules): ReadRow {
  const { positions, width } = rules;
  const problems: RowProblem[] = [];
  const cell = (column: Column) => (record.cells[positions[column] ?? -1] ?? '').trim();
  const fault = (field: Column | 'row', code: string, value: string) => {
    problems.push({ field, code, value: value.slice(0, 500) });
    return null;
  };
  if (record.cells.length < width) fault('row', 'row.too_few_cells', record.cells.join(' | '));
  // A row that is longer than its header has a separator too many: its cells have slipped into wrong columns.
  if (record.cells.slice(width).some((extra) => extra.trim() !== ''))
    fault('row', 'row.too_many_cells', record.cells.join(' | '));
  if (record.cells.some((text) => text.includes('\0'))) fault('row', 'row.nul', '');

  const phone = readPhone(cell('phone_number'), rules.default_country);
  if ('problem' in phone) fault('phone_number', phone.problem, cell('phone_number'));
  const email = cell('email');
  if (email !== '' && !isEmail(email)) fault('email', 'email.not_valid', email);
  const preferred_language =
    readLanguage(cell('language')) ?? fault('language', 'language.unknown', cell('language'));
  const has_prior_consent =
    readBoolean(cell('has_prior_consent')) ??
    fault('has_prior_consent', 'boolean.unknown', cell('has_prior_consent'));
  const do_not_call =
    readBoolean(cell('do_not_call')) ?? fault('do_not_call', 'boolean.unknown', cell('do_not_call'));
  const zone = cell('time_zone');
  if (zone !== '' && !isZone(zone)) fault('time_zone', 'time_zone.unknown', zone);
  const external_contact_id = cell('external_contact_id');
  if (external_contact_id.length > LONGEST_ID)
    fault('external_contact_id', 'external_contact_id.too_long', external_contact_id);

  if (problems.length > 0 || 'problem' in phone) return { problems };
  const zones = zone !== '' ? [zone] : timeZonesOfNumber(phone.phone_number);
  return {
    contact: {
      external_contact_id: external_contact_id || null,
      phone_number: phone.phone_number,
      email: email || null,
      preferred_language: preferred_language as PreferredLanguage,
      has_prior_consent: has_prior_consent as boolean,
      do_not_call: do_not_call as boolean,
      country: phone.country,
      time_zones: zones,
      time_zone_source: zone !== '' ? 'csv' : zones.length > 0 ? 'number' : rules.fallback,
    },
  };
}

const knownZones = new Map<string, boolean>();

// As the campaign's own zone is checked; asking the platform for every row would take longer than the row.
function isZone(name: string): boolean {
  const known = knownZones.get(name);
  if (known !== undefined) return known;
  const valid = isTimeZone(name);
  if (knownZones.size < 1_000) knownZones.set(name, valid);
  return valid;
}
