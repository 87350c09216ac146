import { Group, NativeSelect, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../../../components/search-field.tsx';
import { useUsers } from '../../../lib/api/admin/users.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import { ACTION_GROUPS, type AuditSearch } from './audit-search.ts';

type Props = { search: AuditSearch; onChange(change: Partial<AuditSearch>): void };

/** Who, what, about what, when. */
export function AuditFilters({ search, onChange }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  const users = useUsers({ page: 1, page_size: 200 });
  const people = (users.data?.items ?? []).map(({ id, name, email }) => ({
    value: id,
    label: `${name} (${email})`,
  }));
  return (
    <Group mb="md" gap="sm" align="flex-end">
      <Select
        label={t('admin.audit.who')}
        placeholder={t('admin.audit.anybody')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        data={people}
        value={search.user_id ?? null}
        onChange={(value) => onChange({ user_id: value ?? undefined })}
        w={{ base: '100%', xs: 190 }}
      />
      <NativeSelect
        label={t('admin.audit.action')}
        data={[
          { value: '', label: t('admin.audit.any_action') },
          ...actionChoices(search.action).map((value) => ({
            value,
            label: label('admin.audit_action', value.replaceAll('.', '_')),
          })),
        ]}
        value={search.action ?? ''}
        onChange={(event) => onChange({ action: event.currentTarget.value || undefined })}
        w={{ base: '100%', xs: 180 }}
      />
      <TextInput
        type="date"
        label={t('admin.audit.from')}
        value={search.from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
        w={{ base: 'calc(50% - 6px)', xs: 138 }}
      />
      <TextInput
        type="date"
        label={t('admin.audit.to')}
        value={search.to ?? ''}
        onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
        w={{ base: 'calc(50% - 6px)', xs: 138 }}
      />
      <SearchField
        label={t('admin.audit.entity_id')}
        value={search.entity_id}
        onChange={(entity_id) => onChange({ entity_id })}
      />
    </Group>
  );
}

/** The groups, and the one action that an address may name. */
function actionChoices(action: string | undefined): string[] {
  const isGroup = action === undefined || ACTION_GROUPS.some((group) => group === action);
  return isGroup ? [...ACTION_GROUPS] : [...ACTION_GROUPS, action];
}
