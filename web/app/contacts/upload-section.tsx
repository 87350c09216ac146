import { Anchor, Button, FileInput, Group, NativeSelect, Progress, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileSpreadsheet, Upload } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import type { Campaign } from '../../lib/api/model.ts';
import { type Delimiter, newImportId, uploadContacts } from '../../lib/api/upload-contacts.ts';
import { ImportReportPanel } from './import-report-panel.tsx';
import { SAMPLE_HREF } from './sample-file.ts';

const DELIMITERS: Delimiter[] = ['auto', 'comma', 'semicolon', 'tab'];

/** Brings a contact file in and says row by row what became of it. */
export function UploadSection({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [delimiter, setDelimiter] = useState<Delimiter>('auto');
  const [country, setCountry] = useState('');
  const [sent, setSent] = useState(0);
  const upload = useMutation({
    mutationFn: (chosen: File) =>
      uploadContacts({
        campaign_id: campaign.id,
        import_id: newImportId(),
        file: chosen,
        delimiter,
        default_country: country.trim() || null,
        onSent: setSent,
      }),
    onSuccess: () => {
      setFile(null);
      return queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(0);
    if (file) upload.mutate(file);
  };
  return (
    <Section title={t('contacts.upload')} hint={t('contacts.upload_hint')}>
      <Stack component="form" onSubmit={submit}>
        <Group align="flex-end" grow preventGrowOverflow={false}>
          <FileInput
            label={t('contacts.file')}
            placeholder={t('contacts.choose')}
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            value={file}
            onChange={setFile}
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            leftSection={<FileSpreadsheet size={16} aria-hidden />}
            miw={220}
          />
          <NativeSelect
            label={t('contacts.delimiter')}
            value={delimiter}
            onChange={(event) => setDelimiter(event.currentTarget.value as Delimiter)}
            data={DELIMITERS.map((value) => ({ value, label: t(`delimiter.${value}`) }))}
          />
          <TextInput
            label={t('contacts.country')}
            value={country}
            onChange={(event) => setCountry(event.currentTarget.value.toUpperCase())}
            maxLength={2}
            placeholder="IT"
          />
        </Group>
        <Group justify="space-between">
          <Anchor size="sm" href={SAMPLE_HREF} download="contacts-sample.csv">
            {t('contacts.sample')}
          </Anchor>
          <Button
            type="submit"
            disabled={!file}
            loading={upload.isPending}
            leftSection={<Upload size={16} aria-hidden />}
          >
            {t('contacts.send')}
          </Button>
        </Group>
        {upload.isPending && <Progress value={sent * 100} animated aria-label={t('contacts.sending')} />}
        {upload.error && <ProblemAlert error={upload.error} />}
      </Stack>
      {upload.data && <ImportReportPanel report={upload.data} />}
    </Section>
  );
}
