import { Anchor, Group, Select, Stack } from '@mantine/core';
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropArea } from '../../components/drop-area.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import type { Campaign } from '../../lib/api/model.ts';
import type { Delimiter } from '../../lib/api/upload-contacts.ts';
import { useUpload } from '../../lib/api/use-upload.ts';
import { COUNTRIES, countryName } from './countries.ts';
import { sampleHref } from './sample-file.ts';
import { UploadProgress } from './upload-progress.tsx';
import { UploadReport } from './upload-report.tsx';

const DELIMITERS = ['auto', 'comma', 'semicolon', 'tab'] as const satisfies Delimiter[];

/** Adds people from a CSV file; good rows are kept whatever the others are, and each bad one is told with its reason. */
export function UploadSection({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation();
  const [delimiter, setDelimiter] = useState<Delimiter>('auto');
  const [country, setCountry] = useState<string | null>(campaign.language === 'it' ? 'IT' : 'GB');
  const upload = useUpload(campaign.id);
  return (
    <Section
      title={t('upload.title')}
      hint={t('upload.hint')}
      aside={
        <Anchor href={sampleHref(campaign.language)} download={`sample-${campaign.language}.csv`} size="sm">
          <Group gap={6} wrap="nowrap">
            <FileDown size={16} aria-hidden />
            {t('upload.sample')}
          </Group>
        </Anchor>
      }
    >
      <Stack>
        <Group gap="md" align="flex-end">
          <Select
            label={t('upload.country')}
            description={t('upload.country_hint')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            placeholder={t('upload.no_country')}
            data={COUNTRIES.map((value) => ({ value, label: countryName(value, i18n.language) }))}
            value={country}
            onChange={setCountry}
            w={{ base: '100%', xs: 300 }}
          />
          <Select
            label={t('upload.delimiter')}
            description={t('upload.delimiter_hint')}
            allowDeselect={false}
            data={DELIMITERS.map((value) => ({ value, label: t(`delimiter.${value}`) }))}
            value={delimiter}
            onChange={(value) => setDelimiter((value ?? 'auto') as Delimiter)}
            w={{ base: '100%', xs: 240 }}
          />
        </Group>
        {upload.isRunning ? (
          <UploadProgress file_name={upload.file_name} sent={upload.sent} rows={upload.rows} />
        ) : (
          <DropArea
            accept=".csv,.txt,.tsv,text/csv"
            title={t('upload.drop')}
            text={t('upload.drop_hint')}
            button={t('upload.choose')}
            onFile={(file) => upload.start({ file, delimiter, default_country: country })}
          />
        )}
        {upload.error !== null && <ProblemAlert error={upload.error} title={t('upload.refused')} />}
        {upload.report && <UploadReport report={upload.report} file_name={upload.file_name} />}
      </Stack>
    </Section>
  );
}
