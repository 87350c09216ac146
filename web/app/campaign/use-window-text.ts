import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../lib/api/model.ts';
import { WEEKDAYS } from '../../lib/weekdays.ts';

/** «Mon, Tue, Wed 09:00–20:00, local time of the contact, not on public holidays». */
export function useWindowText(campaign: Campaign): string {
  const { t } = useTranslation();
  const days = WEEKDAYS.filter((day) => campaign.allowed_weekdays.includes(day));
  const names = days.length === 7 ? t('weekday.all') : days.map((day) => t(`weekday.${day}`)).join(', ');
  return t(campaign.call_on_public_holidays ? 'window.holidays_too' : 'window.no_holidays', {
    days: names,
    from: campaign.allowed_call_start_local,
    until: campaign.allowed_call_end_local,
  });
}
