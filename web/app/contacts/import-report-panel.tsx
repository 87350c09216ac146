import { Alert, Stack } from '@mantine/core';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Figure, Figures } from '../../components/figure.tsx';
import type { ImportReport } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { MendRows } from './mend-rows.tsx';

type Props = { report: ImportReport; file_name: string; onMended(file: File): void };

/** The counts of an upload, which add up to its rows, and every row that must be mended with what to do. */
export function ImportReportPanel({ report, file_name, onMended }: Props) {
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
      {report.errors.length > 0 && <MendRows report={report} onMended={onMended} />}
    </Stack>
  );
}
