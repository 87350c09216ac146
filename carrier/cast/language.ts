/** The languages the cast speaks. */
export type Language = 'en' | 'it';

/** The language of a BCP-47 tag; whoever is called in neither answers in English. */
export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('it') ? 'it' : 'en';
}
