import { Alert, Button, Group, Paper, Select, Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { type Jurisdiction, useJurisdictions } from '../../../lib/api/admin/jurisdictions.ts';
import { countryOptions } from '../../contacts/countries.ts';
import { JurisdictionTable } from './jurisdiction-table.tsx';

/** What the law of each country asks of a call, and whether it only advises or is enforced. */
export function JurisdictionsPage() {
  const { t } = useTranslation();
  const list = useJurisdictions();
  const advising = list.data?.items.filter(({ mode }) => mode === 'advise').length ?? 0;
  return (
    <>
      <PageHeader title={t('admin.area.jurisdictions')} subtitle={t('admin.law.hint')} />
      <Stack gap="lg">
        {advising > 0 && (
          <Alert
            color="orange"
            icon={<Scale aria-hidden />}
            title={t('admin.law.advising', { count: advising })}
          >
            {t('admin.law.advising_text')}
          </Alert>
        )}
        <Paper withBorder p="md">
          {list.isPending && <LoadingRows rows={4} height={56} />}
          {list.isError && !list.data && (
            <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
          )}
          {list.data && <JurisdictionTable profiles={list.data.items} />}
        </Paper>
        {list.data && <AddCountry profiles={list.data.items} />}
      </Stack>
    </>
  );
}

function AddCountry({ profiles }: { profiles: Jurisdiction[] }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [country, setCountry] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const known = new Set(profiles.map((profile) => profile.country));
  return (
    <Section title={t('admin.law.add')} hint={t('admin.law.add_hint')}>
      <Group align="flex-start">
        <Select
          label={t('admin.law.country')}
          searchable
          data={countryOptions(i18n.language).filter(({ value }) => !known.has(value))}
          value={country}
          error={isMissing && country === null ? t('fault.required') : undefined}
          onChange={setCountry}
          w={{ base: '100%', xs: 280 }}
        />
        <Button
          mt={{ base: 0, xs: 25 }}
          variant="default"
          onClick={() => {
            setMissing(country === null);
            if (country) void navigate({ to: `/admin/jurisdictions/${country}` });
          }}
        >
          {t('admin.law.write')}
        </Button>
      </Group>
    </Section>
  );
}
