import { Button, Container } from '@mantine/core';
import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../components/empty-panel.tsx';

/** A page that failed while it was drawn; the frame around it still works. */
export function CrashPage() {
  const { t } = useTranslation();
  return (
    <Container py={60}>
      <EmptyPanel
        icon={Unplug}
        title={t('error.crash')}
        text={t('error.crash_text')}
        action={<Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>}
      />
    </Container>
  );
}
