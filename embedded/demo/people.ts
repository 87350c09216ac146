import { randomFrom } from './random.ts';

export type Language = 'en' | 'it';

export type Person = {
  external_contact_id: string;
  phone_number: string;
  email: string | null;
  do_not_call: boolean;
};

/** People to call and rows that are wrong on purpose, as one CSV file of a campaign. */
export type PeopleFile = { people: Person[]; rejected_rows: number; duplicate_rows: number; csv: string };

// As each country's offices would save it: Excel in Italy writes semicolons and Italian headers.
const DIALECT = {
  en: {
    separator: ',',
    header: ['external_contact_id', 'phone_number', 'email', 'language', 'do_not_call'],
    no: 'false',
    yes: 'true',
  },
  it: {
    separator: ';',
    header: ['codice', 'telefono', 'e-mail', 'lingua', 'non chiamare'],
    no: 'no',
    yes: 'sì',
  },
} as const;
// Mobile prefixes; the rest of the number is drawn. Nobody is called: the numbers never leave this machine.
const PREFIX = { en: '+447400', it: '+393471' };

/**
 * Draws `count` people. The first eleven numbers end in 01 … 11, so that every member of the network's cast is
 * called at least once; about 3 % must not be called, about 70 % have an e-mail address.
 */
export function drawPeople(language: Language, count: number, seed: number): PeopleFile {
  const random = randomFrom(seed * 2 + (language === 'it' ? 1 : 0));
  const taken = new Set<string>();
  const people = Array.from({ length: count }, (_, index) => drawPerson(language, index, random, taken));
  const broken = [
    ['broken-1', '12', 'someone@example.net', language, ''],
    ['broken-2', '', 'nobody@example.net', language, ''],
    ['broken-3', '3.93E+11', '', language, ''],
    ['broken-4', `${PREFIX[language]}999912`, 'not an address', language, ''],
    ['broken-5', `${PREFIX[language]}999913`, '', 'klingon', ''],
  ];
  const duplicate = people[0] ? [rowOf(people[0], language)] : [];
  const rows = [...people.map((person) => rowOf(person, language)), ...broken, ...duplicate];
  const { separator, header } = DIALECT[language];
  const csv = [header, ...rows].map((cells) => cells.join(separator)).join('\r\n');
  return { people, rejected_rows: broken.length, duplicate_rows: duplicate.length, csv: `${csv}\r\n` };
}

function drawPerson(language: Language, index: number, random: () => number, taken: Set<string>): Person {
  const isCast = index < 11;
  let phone_number: string;
  do {
    const ending = isCast ? index + 1 : Math.floor(random() * 100);
    const middle = Math.floor(random() * 10_000);
    phone_number = `${PREFIX[language]}${String(middle).padStart(4, '0')}${String(ending).padStart(2, '0')}`;
  } while (taken.has(phone_number));
  taken.add(phone_number);
  const hasEmail = random() < 0.7;
  const do_not_call = random() < 0.03 && !isCast;
  return {
    external_contact_id: `${language.toUpperCase()}-${String(index + 1).padStart(5, '0')}`,
    phone_number,
    email: hasEmail ? `person-${language}-${index + 1}@example.net` : null,
    do_not_call,
  };
}

function rowOf(person: Person, language: Language): string[] {
  const { yes, no } = DIALECT[language];
  return [
    person.external_contact_id,
    person.phone_number,
    person.email ?? '',
    language,
    person.do_not_call ? yes : no,
  ];
}
