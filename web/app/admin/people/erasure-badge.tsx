import { CircleCheck, Clock4 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../../components/status-badge.tsx';
import type { Certificate } from '../../../lib/api/admin/people.ts';

/** Whether everything is gone, the providers' copies included. */
export function ErasureBadge({ status }: Pick<Certificate, 'status'>) {
  const { t } = useTranslation();
  const isDone = status === 'completed';
  return (
    <Mark look={isDone ? ['green', CircleCheck] : ['orange', Clock4]} label={t(`admin.erasure.${status}`)} />
  );
}
