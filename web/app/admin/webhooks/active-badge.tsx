import { CirclePause, Radio } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../../components/status-badge.tsx';

/** Whether a receiver is told of new events. */
export function ActiveBadge({ isActive }: { isActive: boolean }) {
  const { t } = useTranslation();
  return (
    <Mark
      look={isActive ? ['green', Radio] : ['orange', CirclePause]}
      label={t(isActive ? 'admin.webhooks.active' : 'admin.webhooks.inactive')}
    />
  );
}
