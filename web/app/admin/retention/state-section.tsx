import { Text } from '@mantine/core';
import { CircleCheck, Clock4 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Section } from '../../../components/section.tsx';
import { Mark } from '../../../components/status-badge.tsx';
import type { Retention } from '../../../lib/api/admin/retention.ts';
import { useFormat } from '../../../lib/i18n/format.ts';

type Row = Retention['classes'][number];

/** Class by class: what is over its time now, what comes next, what has gone. */
export function StateSection({ retention }: { retention: Retention }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Row>[] = [
    {
      id: 'class',
      header: t('admin.retention.class'),
      cell: (row) => (
        <Text size="sm" fw={600}>
          {t(`admin.retention_class.${row.class}`)}
        </Text>
      ),
    },
    {
      id: 'days',
      header: t('admin.retention.kept'),
      isNumeric: true,
      cell: (row) => t('admin.retention.days_count', { count: row.days }),
    },
    {
      id: 'due',
      header: t('admin.retention.due'),
      cell: (row) => (
        <Mark
          look={row.due > 0 ? ['orange', Clock4] : ['green', CircleCheck]}
          label={
            row.due > 0
              ? t('admin.retention.due_count', { count: row.due, shown: format.number(row.due) })
              : t('admin.retention.nothing_due')
          }
        />
      ),
    },
    {
      id: 'next_due_at',
      header: t('admin.retention.next_due'),
      cell: (row) => format.dateTime(row.next_due_at),
    },
    {
      id: 'deleted_total',
      header: t('admin.retention.deleted_total'),
      isNumeric: true,
      cell: (row) => format.number(row.deleted_total),
    },
    {
      id: 'last_swept_at',
      header: t('admin.retention.last_swept'),
      cell: (row) => format.dateTime(row.last_swept_at),
    },
  ];
  return (
    <Section title={t('admin.retention.state')} hint={t('admin.retention.state_hint')}>
      <DataTable
        label={t('admin.retention.state')}
        columns={columns}
        rows={retention.classes}
        rowId={(row) => row.class}
        minWidth={720}
      />
    </Section>
  );
}
