import { Anchor, Breadcrumbs } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useJurisdictions } from '../../../lib/api/admin/jurisdictions.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
import { useCountryName } from './country-name.ts';
import { JurisdictionForm } from './jurisdiction-form.tsx';

/** The profile of one country; a country without one begins with what holds for all the others. */
export function JurisdictionPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useCountryName();
  const { country } = useParams({ from: '/shell/admin/jurisdictions/$country' });
  const navigate = useNavigate();
  const list = useJurisdictions();
  const own = list.data?.items.find((profile) => profile.country === country);
  const base = own ?? list.data?.items.find((profile) => profile.country === 'unknown');
  return (
    <>
      <PageHeader
        title={nameOf(country)}
        before={
          <Breadcrumbs mb="xs" separatorMargin="xs">
            <Anchor component={Link} to="/admin/jurisdictions" size="sm">
              {t('admin.area.jurisdictions')}
            </Anchor>
          </Breadcrumbs>
        }
        subtitle={
          own
            ? t('admin.law.changed_at', { at: format.dateTime(own.updated_at) })
            : list.data && t('admin.law.new_profile')
        }
      />
      {list.isPending && <LoadingRows rows={6} height={64} />}
      {list.isError && !list.data && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {base && (
        <JurisdictionForm
          key={country}
          country={country}
          profile={base}
          onSaved={() => void navigate({ to: '/admin/jurisdictions' })}
        />
      )}
    </>
  );
}
