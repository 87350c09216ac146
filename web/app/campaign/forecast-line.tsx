import { Alert } from '@mantine/core';
import { TrendingUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

/** When it will be done if it goes on like this, in a sentence; nothing before there is a pace. */
export function ForecastLine({ forecast }: { forecast: Stats['forecast'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (forecast === null || forecast.remaining === 0) return null;
  return (
    <Alert variant="light" color="indigo" icon={<TrendingUp aria-hidden />} title={t('stats.forecast')}>
      {t('stats.forecast_text', {
        count: forecast.remaining,
        pace: format.number(forecast.attempts_per_hour),
        hours: format.number(forecast.calling_hours_left),
        completions: format.number(Math.round(forecast.completions_expected)),
      })}
    </Alert>
  );
}
