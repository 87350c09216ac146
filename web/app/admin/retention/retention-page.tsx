import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useRetention } from '../../../lib/api/admin/retention.ts';
import { useSettings } from '../../../lib/api/admin/settings.ts';
import { HoldsSection } from './holds-section.tsx';
import { LimitsForm } from './limits-form.tsx';
import { ProviderSection } from './provider-section.tsx';
import { StateSection } from './state-section.tsx';
import { SweepsSection } from './sweeps-section.tsx';

/** How long each kind of data stays, what is due now, and what was deleted. */
export function RetentionPage() {
  const { t } = useTranslation();
  const settings = useSettings();
  const retention = useRetention();
  const error = settings.error ?? retention.error;
  const isThere = settings.data && retention.data;
  return (
    <>
      <PageHeader title={t('admin.area.retention')} subtitle={t('admin.retention.hint')} />
      {error && !isThere && (
        <ProblemAlert
          error={error}
          onRetry={() => {
            void settings.refetch();
            void retention.refetch();
          }}
        />
      )}
      {!error && !isThere && <LoadingRows rows={6} height={64} />}
      {settings.data && retention.data && (
        <Stack gap="lg">
          <StateSection retention={retention.data} />
          <LimitsForm settings={settings.data} />
          <HoldsSection />
          <ProviderSection provider={retention.data.provider} />
          <SweepsSection sweeps={retention.data.sweeps} />
        </Stack>
      )}
    </>
  );
}
