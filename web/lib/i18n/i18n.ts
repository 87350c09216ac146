import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type admin from './admin.en.json';
import en from './en.json';
import it from './it.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en & typeof admin };
    enableSelector: false;
  }
}

export const LANGUAGES = ['en', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];
const STORED = 'language';

/** Prepares the texts in the language chosen before, else the browser's own, else English. */
export function startTexts(): void {
  const language = storedLanguage() ?? (navigator.language.startsWith('it') ? 'it' : 'en');
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, it: { translation: it } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
}

/** The language on screen. */
export function currentLanguage(): Language {
  return i18next.language === 'it' ? 'it' : 'en';
}

/** Changes the language at once and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

function storedLanguage(): Language | undefined {
  const stored = localStorage.getItem(STORED);
  return LANGUAGES.find((language) => language === stored);
}
