/** What a contact file can say, by the name that the product uses. */
export const COLUMNS = [
  'external_contact_id',
  'phone_number',
  'email',
  'language',
  'has_prior_consent',
  'do_not_call',
  'time_zone',
] as const;
export type Column = (typeof COLUMNS)[number];

// As people name them, in English and Italian; compared without case, accents, spaces, hyphens, dots and underscores.
const SYNONYMS: Record<Column, string> = {
  external_contact_id:
    'externalid contactid customerid clientid userid memberid respondentid recordid id code codice codicecliente idcliente idcontatto idesterno identificativo riferimento reference ref matricola',
  phone_number:
    'phone phonenumber phoneno telephone telephonenumber tel mobile mobilephone mobilenumber cell cellphone cellnumber number msisdn telefono numerotelefono numeroditelefono numtelefono ntelefono cellulare numerocellulare numerodicellulare telefonocellulare numero recapito recapitotelefonico',
  email:
    'mail emailaddress mailaddress indirizzoemail indirizzomail indirizzodipostaelettronica postaelettronica',
  language: 'lang locale preferredlanguage lingua linguapreferita',
  has_prior_consent:
    'priorconsent consent consented optin hasconsent consenso consensoprecedente consensopreventivo haconsenso',
  do_not_call:
    'dnc dontcall donotcontact optout optedout suppressed blocked noncall nonchiamare noncontattare nonrichiamare esclusione escluso opposizione',
  time_zone: 'timezone tz zone fuso fusoorario',
};
const BY_NAME = new Map<string, Column>(
  COLUMNS.flatMap((column) =>
    [plainName(column), ...SYNONYMS[column].split(' ')].map((name): [string, Column] => [name, column]),
  ),
);

/** Where each known column stands in this file; the first one wins when two have the same meaning. */
export type ColumnPositions = Partial<Record<Column, number>>;

/** A header name without case, accents and separators. */
export function plainName(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Finds the columns by name and synonym. `mapping` (our name → theirs) goes before both; a mapped name that the file
 * does not have is in `missing`, as is `phone_number` when nothing stands for it.
 */
export function findColumns(
  header: readonly string[],
  mapping: Partial<Record<Column, string>> = {},
): { positions: ColumnPositions; missing: Column[] } {
  const names = header.map(plainName);
  const positions: ColumnPositions = {};
  const claim = (column: Column, position: number) => {
    if (position >= 0 && positions[column] === undefined) positions[column] = position;
  };
  for (const [column, name] of Object.entries(mapping)) {
    claim(column as Column, names.indexOf(plainName(name)));
  }
  // A column by its exact name goes before a synonym further left.
  for (const column of COLUMNS) if (!(column in mapping)) claim(column, names.indexOf(plainName(column)));
  const taken = new Set(Object.values(positions));
  names.forEach((name, position) => {
    const column = BY_NAME.get(name);
    if (column && !(column in mapping) && !taken.has(position)) claim(column, position);
  });
  const wanted = new Set<Column>(['phone_number', ...(Object.keys(mapping) as Column[])]);
  return { positions, missing: [...wanted].filter((column) => positions[column] === undefined) };
}
