import type { Language } from '../../lib/i18n/i18n.ts';

// Numbers that only look like numbers: the British ones are kept for drama, the Italian ones are not in use.
const ROWS: Record<Language, string[]> = {
  en: [
    'external_contact_id,phone_number,email,language,has_prior_consent,do_not_call',
    'A-001,+447700900001,anna@example.net,en,true,false',
    'A-002,+447700900002,,en,true,false',
    'A-003,+447700900003,carlo@example.net,it,true,true',
  ],
  it: [
    'external_contact_id;telefono;email;lingua;has_prior_consent;do_not_call',
    'A-001;+393470000001;anna@example.net;it;sì;no',
    'A-002;+393470000002;;it;sì;no',
    'A-003;+393470000003;carlo@example.net;en;sì;sì',
  ],
};

/** A small contact file that shows every column, as an office of that country would save it. */
export function sampleHref(language: Language): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${ROWS[language].join('\r\n')}\r\n`)}`;
}
