import type { Language } from '../../lib/i18n/i18n.ts';

// Fictitious numbers: Ofcom's drama range, and Italian ones that end in zeros.
const SAMPLE: Record<Language, string[]> = {
  en: [
    'external_contact_id,phone_number,email,language,has_prior_consent,do_not_call',
    'C-001,+447700900101,ada@example.com,en,true,false',
    'C-002,+447700900102,,en,false,false',
    'C-003,+447700900103,grace@example.com,auto,true,false',
    'C-004,+447700900104,,en,false,true',
  ],
  it: [
    'external_contact_id;telefono;email;lingua;has_prior_consent;do_not_call',
    'C-001;+393470000001;ada@example.com;it;sì;no',
    'C-002;+393470000002;;it;no;no',
    'C-003;+393470000003;grazia@example.com;auto;sì;no',
    'C-004;+393470000004;;it;no;sì',
  ],
};

/** A small correct file as an address to download: made here, fetched from nowhere. */
export function sampleHref(language: Language): string {
  const text = `\uFEFF${SAMPLE[language].join('\r\n')}\r\n`;
  return `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
}
