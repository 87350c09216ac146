import { Anchor, Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import type { AuditEntry } from '../../../lib/api/admin/audit.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import { fieldChanges } from './field-changes.ts';

const SHOWN = 3;

type Props = { entries: AuditEntry[]; onOpen(entry: AuditEntry): void; onUser(user_id: string): void };

/** One row a deed: when, who, what, about what. */
export function AuditTable({ entries, onOpen, onUser }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const summaryOf = ({ changes }: AuditEntry) => {
    const all = fieldChanges(changes).map(({ name }) => name);
    const names = all.slice(0, SHOWN).join(', ');
    if (all.length === 0) return t('admin.audit.no_fields');
    return all.length > SHOWN ? t('admin.audit.more', { names, count: all.length - SHOWN }) : names;
  };
  const columns: Column<AuditEntry>[] = [
    {
      id: 'at',
      header: t('admin.audit.at'),
      cell: (entry) => (
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
          {format.dateTime(entry.at)}
        </Text>
      ),
    },
    {
      id: 'user',
      header: t('admin.audit.who'),
      cell: ({ user_id, user_name }) =>
        user_id === null ? (
          t('admin.audit.system')
        ) : (
          <Anchor component="button" type="button" size="sm" ta="start" onClick={() => onUser(user_id)}>
            {user_name ?? user_id}
          </Anchor>
        ),
    },
    {
      id: 'action',
      header: t('admin.audit.action'),
      cell: (entry) => (
        <Box>
          <Text size="sm" fw={600}>
            {label('admin.audit_action', entry.action.replaceAll('.', '_'))}
          </Text>
          <Text size="xs" c="dimmed">
            {label('admin.audit_entity', entry.entity)}
          </Text>
        </Box>
      ),
    },
    {
      id: 'changes',
      header: t('admin.audit.details'),
      cell: (entry) => {
        const names = summaryOf(entry);
        return (
          <Anchor
            component="button"
            type="button"
            size="sm"
            ta="start"
            aria-label={t('admin.audit.open', { names, id: entry.id })}
            onClick={() => onOpen(entry)}
          >
            {names}
          </Anchor>
        );
      },
    },
  ];
  return (
    <DataTable
      label={t('admin.area.audit')}
      columns={columns}
      rows={entries}
      rowId={(entry) => String(entry.id)}
      minWidth={700}
    />
  );
}
