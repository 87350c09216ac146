import type { PreferredLanguage } from '../../infra/db/tables.ts';

const YES = new Set([
  'true',
  't',
  '1',
  '1.0',
  'yes',
  'y',
  'on',
  'x',
  'sì',
  'si',
  "si'",
  's',
  'vero',
  'v',
  'ok',
  '✓',
  '✔',
]);
const NO = new Set(['', 'false', 'f', '0', '0.0', 'no', 'n', 'off', 'falso', '-']);
const LANGUAGES: Record<string, PreferredLanguage> = {
  '': 'auto',
  auto: 'auto',
  automatic: 'auto',
  automatica: 'auto',
  automatico: 'auto',
  en: 'en',
  eng: 'en',
  english: 'en',
  inglese: 'en',
  it: 'it',
  ita: 'it',
  italian: 'it',
  italiano: 'it',
  italiana: 'it',
};
// Deliberately narrow: quoted local parts and addresses without a dot are legal and never meant in such a file.
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

/** Yes or no as people tick it in English and Italian; empty is no, anything unknown is null. */
export function readBoolean(text: string): boolean | null {
  const plain = text.normalize('NFC').toLowerCase();
  if (YES.has(plain)) return true;
  return NO.has(plain) ? false : null;
}

/** `en`, `it` or `auto` from a code, a locale or a name; empty is `auto`, anything unknown is null. */
export function readLanguage(text: string): PreferredLanguage | null {
  const plain = text.toLowerCase().replace(/^(en|it)[-_][a-z]{2}$/, '$1');
  return LANGUAGES[plain] ?? null;
}

/** True for an address that mail can be sent to, by its form. */
export function isEmail(text: string): boolean {
  const [local = ''] = text.split('@');
  const hasDotFault = local.startsWith('.') || local.endsWith('.') || local.includes('..');
  return text.length <= 254 && EMAIL.test(text) && !hasDotFault;
}
