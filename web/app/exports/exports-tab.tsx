import { Button, Code, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { Download, FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyPanel } from '../../components/empty-panel.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import { type ExportFormat, exportHref, useExports } from '../../lib/api/exports.ts';
import type { Campaign, Export } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

/** The results as a file, and the record of who took them. */
export function ExportsTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [reason, setReason] = useState('');
  const { completed, refused, not_reached, excluded } = campaign.contact_counts;
  return (
    <Stack gap="lg">
      <Section title={t('exports.new')} hint={t('exports.hint')}>
        <Group align="flex-end">
          <NativeSelect
            label={t('exports.format')}
            value={format}
            onChange={(event) => setFormat(event.currentTarget.value as ExportFormat)}
            data={[
              { value: 'csv', label: 'CSV' },
              { value: 'xlsx', label: 'Excel (XLSX)' },
            ]}
          />
          <TextInput
            label={t('exports.reason')}
            description={t('exports.reason_hint')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
            w={{ base: '100%', sm: 340 }}
          />
          <Button
            component="a"
            href={exportHref(campaign.id, format, reason)}
            download
            leftSection={<Download size={16} aria-hidden />}
          >
            {t('exports.download_rows', { count: completed + refused + not_reached + excluded })}
          </Button>
        </Group>
      </Section>
      <ExportList campaign_id={campaign.id} />
    </Stack>
  );
}

function ExportList({ campaign_id }: { campaign_id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const query = useExports(campaign_id);
  const { data, isPending } = query;
  const columns: Column<Export>[] = [
    { id: 'created_at', header: t('exports.at'), cell: (row) => format.dateTime(row.created_at) },
    { id: 'user_name', header: t('exports.by'), cell: (row) => row.user_name },
    { id: 'format', header: t('exports.format'), cell: (row) => row.format.toUpperCase() },
    { id: 'rows', header: t('exports.rows'), isNumeric: true, cell: (row) => format.number(row.rows) },
    { id: 'reason', header: t('exports.reason'), cell: (row) => row.reason ?? NOTHING },
    { id: 'status', header: t('exports.status'), cell: (row) => label('export_status', row.status) },
    {
      id: 'sha256',
      header: t('exports.hash'),
      cell: (row) => (row.sha256 ? <Code title={row.sha256}>{row.sha256.slice(0, 12)}</Code> : NOTHING),
    },
  ];
  return (
    <Section title={t('exports.list')} minHeight={160}>
      {isPending && <LoadingRows rows={3} height={32} />}
      {query.isError && !data && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {data?.items.length === 0 && (
        <EmptyPanel icon={FileSpreadsheet} title={t('exports.none')} text={t('exports.none_text')} />
      )}
      {data && data.items.length > 0 && (
        <DataTable label={t('exports.list')} columns={columns} rows={data.items} rowId={(row) => row.id} />
      )}
    </Section>
  );
}
