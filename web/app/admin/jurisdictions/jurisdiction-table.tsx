import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, Info, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Mark } from '../../../components/status-badge.tsx';
import type { Jurisdiction } from '../../../lib/api/admin/jurisdictions.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';
import { useCountryName } from './country-name.ts';
import { registerState } from './register-state.ts';

/** One row a country: hours, attempts, consent, register, and how strictly it is taken. */
export function JurisdictionTable({ profiles }: { profiles: Jurisdiction[] }) {
  const { t } = useTranslation();
  const nameOf = useCountryName();
  const columns: Column<Jurisdiction>[] = [
    {
      id: 'country',
      header: t('admin.law.country'),
      cell: (profile) => (
        <Anchor component={Link} to={`/admin/jurisdictions/${profile.country}`} size="sm" fw={600}>
          {nameOf(profile.country)}
        </Anchor>
      ),
    },
    { id: 'mode', header: t('admin.law.mode'), cell: ({ mode }) => <ModeBadge mode={mode} /> },
    { id: 'hours', header: t('admin.law.times'), cell: (profile) => <Hours profile={profile} /> },
    {
      id: 'attempts',
      header: t('admin.law.attempts'),
      cell: (profile) =>
        t('admin.law.attempts_text', {
          attempts: profile.max_attempts,
          per_30_days: profile.max_attempts_per_30_days,
        }),
    },
    {
      id: 'consent',
      header: t('admin.law.consent'),
      cell: (profile) => t(profile.prior_consent_needed ? 'admin.law.needed' : 'admin.law.not_needed'),
    },
    { id: 'register', header: t('admin.law.register'), cell: (profile) => <Register profile={profile} /> },
  ];
  return (
    <DataTable
      label={t('admin.area.jurisdictions')}
      columns={columns}
      rows={profiles}
      rowId={(profile) => profile.country}
      minWidth={820}
    />
  );
}

function ModeBadge({ mode }: Pick<Jurisdiction, 'mode'>) {
  const { t } = useTranslation();
  const isEnforced = mode === 'enforce';
  return (
    <Mark look={isEnforced ? ['green', ShieldCheck] : ['orange', Info]} label={t(`admin.law_mode.${mode}`)} />
  );
}

function Hours({ profile }: { profile: Jurisdiction }) {
  const { t } = useTranslation();
  return (['weekday', 'saturday', 'sunday'] as const).map((day) => {
    const [start, end] = [profile[`${day}_start`], profile[`${day}_end`]];
    return (
      <Text size="xs" key={day} style={{ whiteSpace: 'nowrap' }}>
        {t(`admin.law_day.${day}`)}:{' '}
        {start === null || end === null ? t('admin.law.no_calls') : `${start}–${end}`}
      </Text>
    );
  });
}

function Register({ profile }: { profile: Jurisdiction }) {
  const { t } = useTranslation();
  const format = useFormat();
  const state = registerState(profile, new Date());
  if (state === 'none') return NOTHING;
  const isFresh = state === 'fresh';
  return (
    <>
      <Text size="sm">{profile.register_name}</Text>
      <Mark
        look={isFresh ? ['green', CircleCheck] : ['orange', CircleAlert]}
        label={t(`admin.register.${state}`, { at: format.dateTime(profile.register_checked_at) })}
      />
    </>
  );
}
