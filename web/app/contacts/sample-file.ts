// Numbers that only look like numbers: the ranges kept for drama, which nobody owns.
const ROWS = [
  'external_contact_id,phone_number,email,language,has_prior_consent,do_not_call',
  'A-001,+447700900001,anna@example.net,en,true,false',
  'A-002,+447700900002,,en,true,false',
  'A-003,+447700900003,carlo@example.net,it,true,true',
];

/** A small contact file that shows every column. */
export const SAMPLE_HREF = `data:text/csv;charset=utf-8,${encodeURIComponent(`${ROWS.join('\r\n')}\r\n`)}`;
