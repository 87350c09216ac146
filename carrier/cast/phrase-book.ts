import type { Language } from './language.ts';
import type { Phrases } from './phrases.ts';
import { ENGLISH } from './phrases-english.ts';
import { ITALIAN } from './phrases-italian.ts';

/** The phrases of every language the cast speaks. */
export const PHRASES: Readonly<Record<Language, Phrases>> = { en: ENGLISH, it: ITALIAN };
