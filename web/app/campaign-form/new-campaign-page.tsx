import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { notify } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { type CampaignDefaults, useCampaignDefaults } from '../../lib/api/campaigns.ts';
import { currentLanguage } from '../../lib/i18n/i18n.ts';
import { CampaignForm } from './campaign-form.tsx';
import { emptyCampaign, type FormValues } from './form-values.ts';

/** A new campaign; saved, it is a draft that calls nobody. */
export function NewCampaignPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const defaults = useCampaignDefaults();
  return (
    <>
      <PageHeader title={t('form.new')} subtitle={t('form.new_hint')} />
      {defaults.isPending && <LoadingRows rows={5} height={90} />}
      {defaults.error && <ProblemAlert error={defaults.error} onRetry={() => void defaults.refetch()} />}
      {defaults.data && (
        <CampaignForm
          edited={null}
          initial={beginning(defaults.data)}
          locks={{}}
          submit={t('form.create')}
          onSaved={({ id }) => {
            notify(t('form.created'), 'green');
            void navigate({ to: '/campaigns/$id', params: { id }, search: { tab: 'contacts' } });
          }}
          onCancel={() => void navigate({ to: '/campaigns', search: {} })}
        />
      )}
    </>
  );
}

function beginning(defaults: CampaignDefaults): FormValues {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    ...emptyCampaign(currentLanguage(), here),
    ...defaults,
    allowed_weekdays: defaults.allowed_weekdays as FormValues['allowed_weekdays'],
    // Where the installation names none, the one of whoever writes is the best guess.
    time_zone: defaults.time_zone ?? here,
  };
}
