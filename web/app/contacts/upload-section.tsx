import { Anchor, Group, Select, Stack } from '@mantine/core';
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropArea } from '../../components/drop-area.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import type { Campaign } from '../../lib/api/model.ts';
import { asProblem } from '../../lib/api/problem.ts';
import type { Delimiter } from '../../lib/api/upload-contacts.ts';
import { useUpload } from '../../lib/api/use-upload.ts';
import { countryOptions } from './countries.ts';
import { ImportReportPanel } from './import-report-panel.tsx';
import { MapColumns } from './map-columns.tsx';
import { PasteBox } from './paste-box.tsx';
import { sampleHref } from './sample-file.ts';
import { UploadProgress } from './upload-progress.tsx';

const DELIMITERS = ['auto', 'comma', 'semicolon', 'tab'] as const satisfies Delimiter[];

/** Brings a contact file in and says row by row what became of it. */
export function UploadSection({ campaign }: { campaign: Campaign }) {
  const { t, i18n } = useTranslation();
  const [delimiter, setDelimiter] = useState<Delimiter>('auto');
  const [country, setCountry] = useState(campaign.language === 'it' ? 'IT' : null);
  const upload = useUpload(campaign.id);
  const start = (file: File, mapping?: Record<string, string>) =>
    upload.start({ file, delimiter, default_country: country, ...(mapping ? { mapping } : {}) });
  const problem = upload.error ? asProblem(upload.error) : null;
  return (
    <Section
      title={t('contacts.upload')}
      hint={t('contacts.upload_hint')}
      aside={
        <Anchor href={sampleHref(campaign.language)} download="contacts-sample.csv" size="sm">
          <Group gap={6} wrap="nowrap">
            <FileDown size={16} aria-hidden />
            {t('contacts.sample')}
          </Group>
        </Anchor>
      }
    >
      <Stack>
        <Group gap="md" align="flex-end">
          <Select
            label={t('contacts.country')}
            description={t('contacts.country_hint')}
            placeholder={t('contacts.no_country')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            data={countryOptions(i18n.language)}
            value={country}
            onChange={setCountry}
            w={{ base: '100%', xs: 320 }}
          />
          <Select
            label={t('contacts.delimiter')}
            description={t('contacts.delimiter_hint')}
            allowDeselect={false}
            data={DELIMITERS.map((value) => ({ value, label: t(`delimiter.${value}`) }))}
            value={delimiter}
            onChange={(value) => setDelimiter(DELIMITERS.find((known) => known === value) ?? 'auto')}
            w={{ base: '100%', xs: 220 }}
          />
        </Group>
        {upload.isRunning ? (
          <UploadProgress file_name={upload.file_name} sent={upload.sent} rows={upload.rows} />
        ) : (
          <DropArea
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            title={t('contacts.drop')}
            text={t('contacts.drop_hint')}
            button={t('contacts.choose')}
            onFile={(file) => start(file)}
          />
        )}
        {!upload.isRunning && <PasteBox onFile={(file) => start(file)} />}
        {problem && <ProblemAlert error={problem} title={t('report.refused')} />}
        {problem?.columns_found && upload.file && (
          <MapColumns
            key={upload.file_name}
            missing={problem.errors.map(({ field }) => field)}
            found={problem.columns_found}
            onMapped={(mapping) => start(upload.file!, mapping)}
          />
        )}
        {upload.report && (
          <ImportReportPanel
            report={upload.report}
            file_name={upload.file_name}
            onMended={(file) => start(file)}
          />
        )}
      </Stack>
    </Section>
  );
}
