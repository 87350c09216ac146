import { Alert } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Figure, Figures } from '../../../components/figure.tsx';
import { Section } from '../../../components/section.tsx';
import type { Retention } from '../../../lib/api/admin/retention.ts';
import { useFormat } from '../../../lib/i18n/format.ts';

/** The copies that lie with the providers: gone is only what they have confirmed. */
export function ProviderSection({ provider }: { provider: Retention['provider'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('admin.retention.provider')} hint={t('admin.retention.provider_hint')}>
      {provider.failing > 0 && (
        <Alert color="orange" icon={<TriangleAlert aria-hidden />} mb="md" role="status">
          {t('admin.retention.failing', { count: provider.failing })}
        </Alert>
      )}
      <Figures label={t('admin.retention.provider')}>
        <Figure
          label={t('admin.retention.confirmed')}
          value={format.number(provider.confirmed)}
          color="green"
        />
        <Figure
          label={t('admin.retention.pending')}
          value={format.number(provider.pending)}
          color="orange"
          hint={
            provider.oldest_pending_at &&
            t('admin.retention.oldest', { at: format.dateTime(provider.oldest_pending_at) })
          }
        />
      </Figures>
    </Section>
  );
}
