import { Button, Container } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../components/empty-panel.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Container component="main" py={60}>
      <EmptyPanel
        icon={MapPinOff}
        title={t('not_found.title')}
        text={t('not_found.text')}
        action={
          <Button component={Link} to="/campaigns">
            {t('not_found.back')}
          </Button>
        }
      />
    </Container>
  );
}
