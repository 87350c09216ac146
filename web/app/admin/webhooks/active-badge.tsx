import { Badge } from '@mantine/core';
import { CirclePause, Radio } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Whether a receiver is told of new events. */
export function ActiveBadge({ isActive }: { isActive: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge
      variant="light"
      tt="none"
      miw="max-content"
      color={isActive ? 'green' : 'orange'}
      leftSection={isActive ? <Radio size={13} aria-hidden /> : <CirclePause size={13} aria-hidden />}
    >
      {t(isActive ? 'admin.webhooks.active' : 'admin.webhooks.inactive')}
    </Badge>
  );
}
