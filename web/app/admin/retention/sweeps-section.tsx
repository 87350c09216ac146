import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/section.tsx';
import type { Retention } from '../../../lib/api/admin/retention.ts';
import { useFormat } from '../../../lib/i18n/format.ts';

type Sweep = Retention['sweeps'][number];

/** What the sweeper did last. */
export function SweepsSection({ sweeps }: { sweeps: Sweep[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Sweep>[] = [
    { id: 'swept_at', header: t('admin.retention.swept_at'), cell: (row) => format.dateTime(row.swept_at) },
    {
      id: 'class',
      header: t('admin.retention.class'),
      cell: (row) => t(`admin.retention_class.${row.class}`),
    },
    {
      id: 'older_than',
      header: t('admin.retention.older_than'),
      cell: (row) => format.dateTime(row.older_than),
    },
    {
      id: 'deleted',
      header: t('admin.retention.deleted'),
      isNumeric: true,
      cell: (row) => format.number(row.deleted),
    },
  ];
  return (
    <Section title={t('admin.retention.sweeps')} hint={t('admin.retention.sweeps_hint')}>
      {sweeps.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('admin.retention.no_sweeps')}
        </Text>
      ) : (
        <DataTable
          label={t('admin.retention.sweeps')}
          columns={columns}
          rows={sweeps}
          rowId={(row) => `${row.swept_at}-${row.class}`}
        />
      )}
    </Section>
  );
}
