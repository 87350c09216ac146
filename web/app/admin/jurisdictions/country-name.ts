import { useTranslation } from 'react-i18next';

/** The name of a country in the reader's language; `unknown` is every country without a profile of its own. */
export function useCountryName(): (country: string) => string {
  const { t, i18n } = useTranslation();
  return (country) => {
    if (country === 'unknown') return t('admin.law.unknown');
    return (
      new Intl.DisplayNames([i18n.language], { type: 'region', fallback: 'code' }).of(country) ?? country
    );
  };
}
