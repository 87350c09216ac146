import type { Language } from '../../infra/db/tables.ts';
import type { PhoneProblem } from '../phone.ts';

export type ProblemCode =
  | PhoneProblem
  | 'email.not_valid'
  | 'language.unknown'
  | 'boolean.unknown'
  | 'time_zone.unknown'
  | 'text.too_long'
  | 'text.unreadable'
  | 'row.too_few_cells'
  | 'row.too_many_cells';

/** What is wrong and what to do about it, for somebody who has the file open in a spreadsheet. */
export const PROBLEM_MESSAGES: Record<ProblemCode, Record<Language, string>> = {
  'phone.missing': { en: 'The telephone number is missing.', it: 'Manca il numero di telefono.' },
  'phone.rounded_by_spreadsheet': {
    en: 'A spreadsheet rounded this number (as in 3.93E+11) and digits are lost. Format the column as text and enter the number again.',
    it: 'Il foglio di calcolo ha arrotondato il numero (come 3,93E+11) e ha perso delle cifre. Formatti la colonna come testo e reinserisca il numero.',
  },
  'phone.not_a_number': {
    en: 'This is no telephone number.',
    it: 'Questo non è un numero di telefono.',
  },
  'phone.lost_plus': {
    en: 'The + before the country code seems to be lost. Write the number as +393471234567.',
    it: 'Sembra mancare il + davanti al prefisso internazionale. Scriva il numero come +393471234567.',
  },
  'phone.needs_country': {
    en: 'The country is not known. Write the number with its country code, as in +393471234567, or choose a default country.',
    it: 'Il paese non è noto. Scriva il numero con il prefisso internazionale, come +393471234567, o scelga un paese predefinito.',
  },
  'phone.too_short': {
    en: 'The telephone number is too short.',
    it: 'Il numero di telefono è troppo corto.',
  },
  'phone.too_long': { en: 'The telephone number is too long.', it: 'Il numero di telefono è troppo lungo.' },
  'phone.not_valid': {
    en: 'No such telephone number exists in that country.',
    it: 'In quel paese un numero di telefono così non esiste.',
  },
  'email.not_valid': { en: 'This is no e-mail address.', it: 'Questo non è un indirizzo e-mail.' },
  'language.unknown': {
    en: 'The language must be en, it or auto.',
    it: 'La lingua deve essere en, it o auto.',
  },
  'boolean.unknown': { en: 'This must be yes or no.', it: 'Qui serve un sì o un no.' },
  'time_zone.unknown': {
    en: 'This is no IANA time zone, such as Europe/Rome.',
    it: 'Questo non è un fuso orario IANA, come Europe/Rome.',
  },
  'text.too_long': { en: 'This is longer than 200 characters.', it: 'Il testo supera i 200 caratteri.' },
  'text.unreadable': {
    en: 'This contains a character that cannot be kept.',
    it: 'Contiene un carattere che non può essere conservato.',
  },
  'row.too_few_cells': {
    en: 'The row has fewer cells than the header.',
    it: "La riga ha meno celle dell'intestazione.",
  },
  'row.too_many_cells': {
    en: 'The row has more cells than the header. Is a value with the separator not in quotation marks?',
    it: "La riga ha più celle dell'intestazione. Un valore che contiene il separatore è senza virgolette?",
  },
};

/** One sentence for a person, in their language. */
export function problemMessage(code: ProblemCode, language: Language): string {
  return PROBLEM_MESSAGES[code][language];
}
