import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Language, setLanguage } from '../../lib/i18n/i18n.ts';

/** English or Italian, at once; what the server words itself is fetched again. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('shell.language')}
      value={i18n.language === 'it' ? 'it' : 'en'}
      onChange={(value) => {
        void setLanguage(value as Language).then(() => queries.invalidateQueries());
      }}
      data={[
        { value: 'en', label: 'EN' },
        { value: 'it', label: 'IT' },
      ]}
    />
  );
}
