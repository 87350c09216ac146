import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { currentLanguage } from '../../lib/i18n/i18n.ts';
import { CampaignForm } from './campaign-form.tsx';
import { emptyCampaign } from './form-values.ts';

/** A new campaign; saved, it is a draft that calls nobody. */
export function NewCampaignPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [initial] = useState(() =>
    emptyCampaign(currentLanguage(), Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
  return (
    <>
      <PageHeader title={t('form.new')} subtitle={t('form.new_hint')} />
      <CampaignForm
        edited={null}
        initial={initial}
        locks={{}}
        submit={t('form.create')}
        onSaved={({ id }) => {
          notify(t('form.created'), 'green');
          void navigate({ to: '/campaigns/$id', params: { id }, search: { tab: 'contacts' } });
        }}
        onCancel={() => void navigate({ to: '/campaigns', search: {} })}
      />
    </>
  );
}
