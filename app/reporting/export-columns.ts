// A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection): one that begins with
// = + - @, a tab or a line end, also in their full-width forms. Exempt: what is strictly an E.164 number or a plain
// number, which run nothing. The first character is looked at before any pattern: most cells begin with a letter.
const DANGEROUS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']
  .map((one) => one.charCodeAt(0))
  .join();
const HARMLESS = '^(\\+[1-9][0-9]{6,14}|-?[0-9]+(\\.[0-9]+)?)$';

const safe = (column: string) =>
  `case when ascii(${column}) in (${DANGEROUS}) and ${column} !~ '${HARMLESS}' then '''' || ${column} else ${column} end`;
// RFC 3339 by the output of PostgreSQL itself (ISO, in UTC): half the price of to_char.
const time = (column: string) =>
  `overlay((${column} at time zone 'UTC')::text placing 'T' from 11 for 1) || 'Z'`;

/** The columns of an export, in order, with the SQL of each: the first eleven are the contract's. */
export const EXPORT_COLUMNS: readonly [name: string, sql: string][] = [
  ['campaign_id', 'c.campaign_id'],
  ['contact_id', 'c.id'],
  ['external_contact_id', safe('c.external_contact_id')],
  ['phone_number', 'c.phone_number'],
  ['outcome', 'c.state::text'],
  ['attempt_count', 'c.attempts_count'],
  ['last_attempt_at', time('c.last_attempt_at')],
  ['completed_at', time('r.completed_at')],
  ['q1_answer', safe('r.q1_answer')],
  ['q2_answer', safe('r.q2_answer')],
  ['q3_answer', safe('r.q3_answer')],
  ['q1_status', 'r.q1_status::text'],
  ['q2_status', 'r.q2_status::text'],
  ['q3_status', 'r.q3_status::text'],
];

/** One row per contact in a terminal state; `campaign_id` must be a UUID. One statement, so one snapshot. */
export function exportQuery(campaign_id: string): string {
  if (!/^[0-9a-f-]{36}$/i.test(campaign_id)) throw new Error('not a campaign id');
  const columns = EXPORT_COLUMNS.map(([name, sql]) => `${sql} as ${name}`).join(', ');
  return `select ${columns} from contact c left join survey_response r on r.contact_id = c.id
    where c.campaign_id = '${campaign_id}' and c.state in ('completed', 'refused', 'not_reached', 'excluded')
    order by c.id`;
}
