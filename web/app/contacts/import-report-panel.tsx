import { Alert, Anchor, Box, Code, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure, Figures } from '../../components/figure.tsx';
import type { ImportReport } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

type RowError = ImportReport['errors'][number];

/** The counts of an upload, and every row that must be mended with what to do. */
export function ImportReportPanel({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<RowError>[] = [
    { id: 'line', header: t('report.line'), isNumeric: true, cell: (row) => format.number(row.line_number) },
    { id: 'field', header: t('report.field'), cell: (row) => <Code>{row.field}</Code> },
    { id: 'value', header: t('report.value'), cell: (row) => row.value || '–' },
    { id: 'problem', header: t('report.problem'), cell: (row) => row.error },
  ];
  return (
    <Stack mt="lg" role="status">
      <Title order={3}>{t('report.title')}</Title>
      <Figures label={t('report.title')}>
        <Figure label={t('report.accepted')} value={format.number(report.accepted_count)} color="green" />
        <Figure label={t('report.rejected')} value={format.number(report.rejected_count)} color="red" />
        <Figure label={t('report.duplicate')} value={format.number(report.duplicate_count)} color="yellow" />
        <Figure label={t('report.excluded')} value={format.number(report.excluded_count)} color="gray" />
      </Figures>
      {report.same_file_as && <Alert color="blue">{t('report.same_file')}</Alert>}
      {report.errors.length > 0 && (
        <Box>
          <Title order={3}>{t('report.errors')}</Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t('report.errors_hint')}
          </Text>
          <DataTable
            label={t('report.errors')}
            columns={columns}
            rows={report.errors}
            rowId={(row) => `${row.line_number}-${row.field}-${row.code}`}
          />
          <Anchor
            size="sm"
            href={`/api/imports/${report.import_id}/errors.csv`}
            download
            mt="sm"
            display="inline-block"
          >
            {t('report.download')}
          </Anchor>
        </Box>
      )}
    </Stack>
  );
}
