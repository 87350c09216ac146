import { Box, Button, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropArea } from '../../components/drop-area.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useExclusionUpload } from '../../lib/api/exclusions.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { countryOptions } from '../contacts/countries.ts';
import { ExclusionReport } from './exclusion-report.tsx';

/** Brings a file of numbers onto the list; every good row counts, each bad one is explained. */
export function ExclusionUpload({ onClose }: { onClose(): void }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const upload = useExclusionUpload();
  const [country, setCountry] = useState<string | null>(i18n.language === 'it' ? 'IT' : null);
  return (
    <Box mb="lg">
      <Section
        title={t('exclusions.upload')}
        hint={t('exclusions.upload_hint')}
        aside={
          <Button variant="subtle" size="compact-sm" onClick={onClose}>
            {t('action.close')}
          </Button>
        }
      >
        <Stack>
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
            maw={320}
          />
          {upload.isPending ? (
            <Group role="status">
              <Progress
                value={upload.sent * 100}
                flex={1}
                aria-label={t('contacts.sending', { share: format.percent(upload.sent) })}
              />
              <Text size="sm">
                {upload.sent < 1
                  ? t('contacts.sending', { share: format.percent(upload.sent) })
                  : t('contacts.checking')}
              </Text>
            </Group>
          ) : (
            <DropArea
              accept=".csv,.txt,.tsv,text/csv,text/plain"
              title={t('contacts.drop')}
              text={t('exclusions.drop_hint')}
              button={t('contacts.choose')}
              onFile={(file) => upload.mutate({ file, delimiter: 'auto', default_country: country })}
            />
          )}
          {upload.isError && <ProblemAlert error={upload.error} title={t('report.refused')} />}
          {upload.data && (
            <ExclusionReport report={upload.data} file_name={upload.variables?.file.name ?? ''} />
          )}
        </Stack>
      </Section>
    </Box>
  );
}
