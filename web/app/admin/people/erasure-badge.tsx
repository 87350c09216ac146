import { Badge } from '@mantine/core';
import { CircleCheck, Clock4 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '../../../lib/api/admin/people.ts';

/** Whether everything is gone, the providers' copies included. */
export function ErasureBadge({ status }: Pick<Certificate, 'status'>) {
  const { t } = useTranslation();
  const isDone = status === 'completed';
  return (
    <Badge
      variant="light"
      tt="none"
      color={isDone ? 'green' : 'orange'}
      leftSection={isDone ? <CircleCheck size={13} aria-hidden /> : <Clock4 size={13} aria-hidden />}
    >
      {t(`admin.erasure.${status}`)}
    </Badge>
  );
}
