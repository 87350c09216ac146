import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';
import type { Interpretation } from './read-interpretation.ts';

/** «Understood as: a number, 4 (sure to 95%)»; nothing where nothing was to be understood. */
export function useUnderstood(interpretation: Interpretation | null): string | null {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  if (!interpretation) return null;
  const { value, confidence } = interpretation;
  const meaning = label('understood', interpretation.label);
  const isWorthSaying = value !== null && interpretation.label !== 'answer';
  const text = isWorthSaying ? `${meaning}: ${value}` : meaning;
  return confidence === null
    ? t('call.understood', { text })
    : t('call.understood_sure', { text, share: format.percent(confidence) });
}
