import { Alert, Anchor, Box, Code, Stack, Text, Title } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure, Figures } from '../../components/figure.tsx';
import type { ImportReport } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';

type Props = { report: ImportReport; file_name: string };
type RowError = ImportReport['errors'][number];

/** The counts of an upload, which add up to its rows, and every row that must be mended with what to do. */
export function ImportReportPanel({ report, file_name }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isClean = report.rejected_count === 0;
  return (
    <Stack>
      <Alert
        role="status"
        color={isClean ? 'green' : 'orange'}
        icon={isClean ? <CircleCheck aria-hidden /> : <TriangleAlert aria-hidden />}
        title={t(isClean ? 'report.done' : 'report.done_with_errors', { file_name })}
      >
        {t('report.summary', {
          accepted: format.number(report.accepted_count),
          total: format.number(report.total_rows),
          share: format.percent(report.acceptance_rate),
        })}
        {report.same_file_as && ` ${t('report.same_file')}`}
      </Alert>
      <Figures label={t('report.title')}>
        <Figure label={t('report.accepted')} value={format.number(report.accepted_count)} color="green" />
        <Figure label={t('report.rejected')} value={format.number(report.rejected_count)} color="red" />
        <Figure label={t('report.duplicate')} value={format.number(report.duplicate_count)} color="yellow" />
        <Figure label={t('report.excluded')} value={format.number(report.excluded_count)} color="gray" />
      </Figures>
      {report.errors.length > 0 && <RowErrors report={report} />}
    </Stack>
  );
}

function RowErrors({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<RowError>[] = [
    { id: 'line', header: t('report.line'), isNumeric: true, cell: (row) => format.number(row.line_number) },
    { id: 'field', header: t('report.field'), cell: (row) => <Code>{row.field}</Code> },
    { id: 'value', header: t('report.value'), cell: (row) => row.value || NOTHING },
    { id: 'problem', header: t('report.problem'), cell: (row) => row.error },
  ];
  const isCut = report.rejected_count > report.errors.length;
  return (
    <Box>
      <Title order={3}>{t('report.errors')}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('report.errors_hint')} {isCut && t('report.errors_first', { count: report.errors.length })}
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
  );
}
