import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { notify } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { CampaignBadge } from '../../components/status-badge.tsx';
import { useCampaign } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';
import { CampaignForm } from './campaign-form.tsx';
import { valuesOf } from './form-values.ts';

/** An existing campaign in the form; what arrives while somebody types does not touch what was typed. */
export function EditCampaignPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/campaigns/$id/edit' });
  const campaign = useCampaign(id);
  const navigate = useNavigate();
  const back = () => void navigate({ to: '/campaigns/$id', params: { id }, search: {} });
  const [opened, setOpened] = useState<Campaign | null>(null);
  // The form stands for the campaign as it was when it was opened: so does the revision that it sends.
  if (campaign.data && opened?.id !== id) setOpened(campaign.data);
  if (campaign.isPending) return <LoadingRows rows={5} height={120} />;
  if (!campaign.data || opened?.id !== id)
    return <ProblemAlert error={campaign.error} onRetry={() => void campaign.refetch()} />;
  return (
    <>
      <PageHeader
        title={t('form.edit', { name: campaign.data.name })}
        badge={<CampaignBadge status={campaign.data.status} />}
      />
      <CampaignForm
        key={id}
        edited={opened}
        initial={valuesOf(opened)}
        locks={Object.fromEntries(campaign.data.locked_fields.map(({ field, message }) => [field, message]))}
        submit={t('form.save')}
        onSaved={() => {
          notify(t('form.saved'), 'green');
          back();
        }}
        onCancel={back}
      />
    </>
  );
}
