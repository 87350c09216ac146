import { Stack, Text } from '@mantine/core';
import { FileSpreadsheet } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyPanel } from '../../components/empty-panel.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useExports } from '../../lib/api/exports.ts';
import type { Campaign, Export } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import { DownloadSection } from './download-section.tsx';

/** The results to take away, and who took them before. */
export function ExportsTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const exports = useExports(campaign.id);
  return (
    <Stack gap="lg">
      <DownloadSection campaign={campaign} />
      <Section title={t('exports.past')} minHeight={260}>
        {exports.isPending && <LoadingRows rows={4} />}
        {exports.isError && !exports.data && (
          <ProblemAlert error={exports.error} onRetry={() => void exports.refetch()} />
        )}
        {exports.data?.items.length === 0 && (
          <EmptyPanel icon={FileSpreadsheet} title={t('exports.empty')} text={t('exports.empty_text')} />
        )}
        {exports.data && exports.data.items.length > 0 && <ExportTable exports={exports.data.items} />}
      </Section>
    </Stack>
  );
}

function ExportTable({ exports }: { exports: Export[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Export>[] = [
    { id: 'created_at', header: t('exports.when'), cell: (row) => format.dateTime(row.created_at) },
    { id: 'user_name', header: t('exports.who'), cell: (row) => row.user_name ?? NOTHING },
    { id: 'format', header: t('exports.format'), cell: (row) => row.format.toUpperCase() },
    { id: 'rows', header: t('exports.rows'), isNumeric: true, cell: (row) => format.number(row.rows) },
    { id: 'status', header: t('exports.status'), cell: (row) => t(`export_status.${row.status}`) },
    { id: 'reason', header: t('exports.reason'), cell: (row) => row.reason ?? NOTHING },
    {
      id: 'sha256',
      header: 'SHA-256',
      cell: (row) => (
        <Text size="xs" ff="monospace" title={row.sha256 ?? undefined}>
          {row.sha256 ? `${row.sha256.slice(0, 12)}…` : NOTHING}
        </Text>
      ),
    },
  ];
  return (
    <DataTable label={t('exports.past')} columns={columns} rows={exports} rowId={(row) => row.id} minWidth={760} />
  );
}
