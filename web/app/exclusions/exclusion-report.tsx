import { Alert, Anchor, Box, Stack, Text, Title } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure, Figures } from '../../components/figure.tsx';
import type { ImportReport } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import { csvHref } from './csv-href.ts';

type RowError = ImportReport['errors'][number];

/** What became of a file of numbers, with the rows that must be mended as a file. */
export function ExclusionReport({ report, file_name }: { report: ImportReport; file_name: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isClean = report.rejected_count === 0;
  const columns: Column<RowError>[] = [
    { id: 'line', header: t('report.line'), isNumeric: true, cell: (row) => format.number(row.line_number) },
    { id: 'value', header: t('report.value'), cell: (row) => row.value || NOTHING },
    { id: 'problem', header: t('report.problem'), cell: (row) => row.error },
  ];
  return (
    <Stack>
      <Alert
        role="status"
        color={isClean ? 'green' : 'orange'}
        icon={isClean ? <CircleCheck aria-hidden /> : <TriangleAlert aria-hidden />}
        title={t(isClean ? 'report.done' : 'report.done_with_errors', { file_name })}
      >
        {t('exclusions.counts_now')}
      </Alert>
      <Figures label={t('report.title')}>
        <Figure
          label={t('exclusions.new_entries')}
          value={format.number(report.accepted_count)}
          color="green"
        />
        <Figure
          label={t('exclusions.known_entries')}
          value={format.number(report.duplicate_count)}
          color="yellow"
        />
        <Figure label={t('report.rejected')} value={format.number(report.rejected_count)} color="red" />
      </Figures>
      {report.errors.length > 0 && (
        <Box>
          <Title order={3}>{t('report.errors')}</Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t('report.errors_hint')}{' '}
            {report.rejected_count > report.errors.length &&
              t('exclusions.first_errors', { count: report.errors.length })}
          </Text>
          <DataTable
            label={t('report.errors')}
            columns={columns}
            rows={report.errors}
            rowId={(row) => String(row.line_number)}
          />
          <Anchor
            size="sm"
            mt="sm"
            display="inline-block"
            download="rejected-numbers.csv"
            href={csvHref(
              ['phone_number', 'error'],
              report.errors.map(({ value, error }) => [value, error]),
            )}
          >
            {t('report.download')}
          </Anchor>
        </Box>
      )}
    </Stack>
  );
}
