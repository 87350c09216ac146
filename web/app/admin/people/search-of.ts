import type { PersonSearch } from '../../../lib/api/admin/people.ts';

/** What was typed as a search: an @ makes it an address, anything else is a number; nothing is none. */
export function searchOf(text: string, country: string | null): PersonSearch | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (typed.includes('@')) return { email: typed };
  return { phone_number: typed, ...(country && { default_country: country }) };
}
