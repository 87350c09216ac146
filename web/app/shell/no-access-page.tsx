import { Paper } from '@mantine/core';
import { ShieldQuestion } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../components/empty-panel.tsx';

/** An account that nobody has given a role yet. */
export function NoAccessPage({ email }: { email: string }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder>
      <EmptyPanel icon={ShieldQuestion} title={t('no_access.title')} text={t('no_access.text', { email })} />
    </Paper>
  );
}
