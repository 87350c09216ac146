import { Anchor, Code, Drawer, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../../components/field-list.tsx';
import type { AuditEntry } from '../../../lib/api/admin/audit.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import classes from './audit-entry-drawer.module.css';
import { type FieldChange, fieldChanges } from './field-changes.ts';

/** One entry with every value as it was and as it became. */
export function AuditEntryDrawer({ entry, onClose }: { entry: AuditEntry | null; onClose(): void }) {
  const { t } = useTranslation();
  const label = useLabel();
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={entry && label('admin.audit_action', entry.action.replaceAll('.', '_'))}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {entry && <Entry entry={entry} />}
    </Drawer>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const changes = fieldChanges(entry.changes);
  return (
    <Stack>
      <FieldList
        fields={[
          [t('admin.audit.number'), String(entry.id)],
          [t('admin.audit.at'), format.dateTime(entry.at)],
          [t('admin.audit.who'), entry.user_name ?? t('admin.audit.system')],
          [t('admin.audit.code'), <Code key="action">{entry.action}</Code>],
          [t('admin.audit.entity'), label('admin.audit_entity', entry.entity)],
          [t('admin.audit.entity_id'), <EntityId key="id" entry={entry} />],
        ]}
      />
      <Title order={3}>{t('admin.audit.values')}</Title>
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('admin.audit.no_values')}
        </Text>
      ) : (
        <Changes changes={changes} />
      )}
    </Stack>
  );
}

function EntityId({ entry: { entity, entity_id } }: { entry: AuditEntry }) {
  if (entity_id === null) return NOTHING;
  if (entity !== 'campaign') return <Code>{entity_id}</Code>;
  return (
    <Anchor component={Link} to={`/campaigns/${entity_id}`} size="sm">
      {entity_id}
    </Anchor>
  );
}

function Changes({ changes }: { changes: FieldChange[] }) {
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table aria-label={t('admin.audit.values')} className={classes.values}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('admin.audit.field')}</Table.Th>
            <Table.Th scope="col">{t('admin.audit.before')}</Table.Th>
            <Table.Th scope="col">{t('admin.audit.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map(({ name, previous, next }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td className={classes.before}>{previous ?? NOTHING}</Table.Td>
              <Table.Td>{next ?? NOTHING}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
