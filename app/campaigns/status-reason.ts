import type { Language } from '../infra/db/tables.ts';
import { type CheckCode, MESSAGES } from './readiness/readiness-messages.ts';

const NOT_READY = 'not_ready: ';
const SAYS: Record<'not_ready' | 'provider', Record<Language, string>> = {
  not_ready: {
    en: 'When its time came the campaign was not ready. What was missing:',
    it: 'Alla sua ora la campagna non era pronta. Che cosa mancava:',
  },
  provider: { en: 'The telephone provider said:', it: 'Il fornitore telefonico ha risposto:' },
};

/** As it is stored: the codes of the rules that were not met. */
export function notReadyReason(codes: CheckCode[]): string {
  return `${NOT_READY}${codes.join(', ')}`;
}

/** True when the campaign was paused because it could not be started. */
export function wasNotReady(status_reason: string | null): boolean {
  return status_reason?.startsWith(NOT_READY) ?? false;
}

/** Why the system paused the campaign, in the reader's language; a provider's words stay as they came. */
export function statusReasonText(status_reason: string | null, language: Language): string | null {
  if (status_reason === null) return null;
  if (!wasNotReady(status_reason)) return `${SAYS.provider[language]} ${status_reason}`;
  const codes = status_reason.slice(NOT_READY.length).split(', ') as CheckCode[];
  const missing = codes.map((code) => (MESSAGES[code]?.[language] ?? code).replace(/ \([^)]*\{n\}\)/, ''));
  return `${SAYS.not_ready[language]} ${missing.join(' ')}`;
}
