import { Alert, Anchor, Group, Stack, Table, Text } from '@mantine/core';
import { CircleCheck, FileDown, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Figure, Figures } from '../../components/figure.tsx';
import type { ImportReport } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import classes from './upload-report.module.css';

type Props = { report: ImportReport; file_name: string };

/** What became of each row: the counts add up to the rows, and every rejected one stands here with line and reason. */
export function UploadReport({ report, file_name }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isClean = report.rejected_count === 0;
  return (
    <Stack>
      <Alert
        role="status"
        color={isClean ? 'green' : 'orange'}
        icon={isClean ? <CircleCheck aria-hidden /> : <TriangleAlert aria-hidden />}
        title={t(isClean ? 'upload.done' : 'upload.done_with_errors', { file_name })}
      >
        <Text size="sm">
          {t('upload.summary', {
            accepted: format.number(report.accepted_count),
            total: format.number(report.total_rows),
            share: format.percent(report.acceptance_rate),
          })}
          {report.same_file_as && ` ${t('upload.same_file')}`}
        </Text>
      </Alert>
      <Figures label={t('upload.counts')}>
        <Figure label={t('upload.accepted')} value={format.number(report.accepted_count)} color="green" />
        <Figure label={t('upload.rejected')} value={format.number(report.rejected_count)} color="red" />
        <Figure label={t('upload.duplicate')} value={format.number(report.duplicate_count)} color="gray" />
        <Figure
          label={t('upload.excluded')}
          value={format.number(report.excluded_count)}
          hint={t('upload.excluded_hint')}
          color="orange"
        />
      </Figures>
      {report.errors.length > 0 && <RowErrors report={report} />}
    </Stack>
  );
}

function RowErrors({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600}>
          {t('upload.errors_shown', {
            shown: format.number(report.errors.length),
            total: format.number(report.rejected_count),
          })}
        </Text>
        <Anchor href={`/api/imports/${report.import_id}/errors.csv`} download size="sm">
          <Group gap={6} wrap="nowrap">
            <FileDown size={16} aria-hidden />
            {t('upload.errors_csv')}
          </Group>
        </Anchor>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard. */}
      <div className={classes.frame} role="region" aria-label={t('upload.errors')} tabIndex={0}>
        <Table aria-label={t('upload.errors')} stickyHeader miw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" ta="right">
                {t('upload.line')}
              </Table.Th>
              <Table.Th scope="col">{t('upload.field')}</Table.Th>
              <Table.Th scope="col">{t('upload.value')}</Table.Th>
              <Table.Th scope="col">{t('upload.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.errors.map((error) => (
              <Table.Tr key={`${error.line_number} ${error.field} ${error.code}`}>
                <Table.Td ta="right">{format.number(error.line_number)}</Table.Td>
                <Table.Td>
                  <code>{error.field}</code>
                </Table.Td>
                <Table.Td className={classes.value}>{error.value || NOTHING}</Table.Td>
                <Table.Td>{error.error}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Stack>
  );
}
