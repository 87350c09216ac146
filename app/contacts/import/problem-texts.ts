const TEXTS: Record<string, { en: string; it: string }> = {
  'row.too_many_cells': {
    en: 'The row has more cells than the header; check for a separator inside a text without quotation marks.',
    it: "La riga ha più celle dell'intestazione; controlli se c'è un separatore in un testo senza virgolette.",
  },
  'row.too_few_cells': {
    en: 'The row has fewer cells than the header; check for a missing separator or a broken line.',
    it: "La riga ha meno celle dell'intestazione; controlli se manca un separatore o se la riga è spezzata.",
  },
  'row.nul': {
    en: 'The row contains characters that are no text.',
    it: 'La riga contiene caratteri che non sono testo.',
  },
  'phone.missing': { en: 'Enter a phone number.', it: 'Indichi un numero di telefono.' },
  'phone.rounded_by_spreadsheet': {
    en: 'A spreadsheet has rounded this number and its digits are lost; format the column as text and enter it again.',
    it: 'Un foglio di calcolo ha arrotondato questo numero e le cifre sono perse; formatti la colonna come testo e lo reinserisca.',
  },
  'phone.not_a_number': { en: 'This is not a phone number.', it: 'Questo non è un numero di telefono.' },
  'phone.lost_plus': {
    en: 'The + seems to be lost; write the number as +39… or choose a default country.',
    it: 'Sembra mancare il +; scriva il numero come +39… o scelga un paese predefinito.',
  },
  'phone.needs_country': {
    en: 'This number has no country; write it as +39… or choose a default country.',
    it: 'Questo numero è senza paese; lo scriva come +39… o scelga un paese predefinito.',
  },
  'phone.too_short': { en: 'The number has too few digits.', it: 'Il numero ha troppe poche cifre.' },
  'phone.too_long': { en: 'The number has too many digits.', it: 'Il numero ha troppe cifre.' },
  'phone.not_valid': { en: 'There is no such phone number.', it: 'Un numero di telefono così non esiste.' },
  'email.not_valid': { en: 'This is not an e-mail address.', it: 'Questo non è un indirizzo e-mail.' },
  'language.unknown': { en: 'Use en, it or auto.', it: 'Usi en, it o auto.' },
  'boolean.unknown': { en: 'Use true or false.', it: 'Usi sì o no.' },
  'time_zone.unknown': {
    en: 'Use an IANA time zone such as Europe/Rome.',
    it: 'Usi un fuso orario IANA come Europe/Rome.',
  },
  'external_contact_id.too_long': {
    en: 'The id is longer than 200 characters.',
    it: "L'id supera i 200 caratteri.",
  },
};

/** What is wrong with a row, as a sentence that its owner understands. */
export function problemText(code: string, language: 'en' | 'it'): string {
  return TEXTS[code]?.[language] ?? code;
}
