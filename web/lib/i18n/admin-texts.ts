import i18next from 'i18next';
import en from './admin.en.json';
import it from './admin.it.json';

/** Adds the texts of the administration and the exclusion list: who never goes there does not load them. */
export function addAdminTexts(): void {
  i18next.addResourceBundle('en', 'translation', en, true);
  i18next.addResourceBundle('it', 'translation', it, true);
}
