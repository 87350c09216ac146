import { Badge, Box, Button, Paper, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Ban, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ListPagination } from '../../../components/list-pagination.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Mark } from '../../../components/status-badge.tsx';
import { type User, useUsers } from '../../../lib/api/admin/users.ts';
import { useMe } from '../../../lib/api/session.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import { AccessDialog } from './access-dialog.tsx';

const PAGE_SIZE = 50;

/** The accounts with their roles, and where each role comes from. */
export function AccountList() {
  const { t } = useTranslation();
  const { page = 1 } = useSearch({ from: '/shell/admin/users' });
  const navigate = useNavigate({ from: '/admin/users' });
  const users = useUsers({ page, page_size: PAGE_SIZE });
  const [edited, setEdited] = useState<User | null>(null);
  const columns = useColumns(setEdited);
  return (
    <Paper withBorder p="md">
      {users.isPending && <LoadingRows rows={5} height={48} />}
      {users.isError && !users.data && (
        <ProblemAlert error={users.error} onRetry={() => void users.refetch()} />
      )}
      {users.data && (
        <>
          <DataTable
            label={t('admin.users.accounts')}
            columns={columns}
            rows={users.data.items}
            rowId={(row) => row.id}
            minWidth={720}
          />
          <ListPagination
            {...users.data}
            onPage={(to) => void navigate({ search: to > 1 ? { page: to } : {} })}
          />
        </>
      )}
      {edited && <AccessDialog key={edited.id} user={edited} onClose={() => setEdited(null)} />}
    </Paper>
  );
}

function useColumns(onEdit: (user: User) => void): Column<User>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const me = useMe();
  return [
    {
      id: 'name',
      header: t('admin.users.name'),
      cell: (user) => (
        <Box>
          <Text size="sm" fw={600}>
            {user.name}{' '}
            {user.id === me.data?.id && (
              <Badge variant="light" miw="max-content" tt="none">
                {t('admin.users.you')}
              </Badge>
            )}
          </Text>
          <Text size="xs" c="dimmed">
            {user.email}
          </Text>
        </Box>
      ),
    },
    {
      id: 'role',
      header: t('admin.users.role'),
      cell: (user) => (
        <Mark
          look={[
            user.role === 'admin' ? 'grape' : user.role ? 'indigo' : 'gray',
            user.role ? ShieldCheck : ShieldQuestion,
          ]}
          label={t(user.role ? `role.${user.role}` : 'role.none')}
        />
      ),
    },
    {
      id: 'role_source',
      header: t('admin.users.role_source'),
      cell: (user) => label('admin.role_source', user.role_source),
    },
    {
      id: 'state',
      header: t('admin.users.state'),
      cell: (user) =>
        user.disabled_at ? (
          <Mark look={['red', Ban]} label={t('admin.users.disabled')} />
        ) : (
          t('admin.users.active')
        ),
    },
    {
      id: 'created_at',
      header: t('admin.users.since'),
      cell: (user) => format.dateTime(user.created_at),
    },
    {
      id: 'edit',
      header: t('admin.actions'),
      cell: (user) =>
        // Nobody shuts themselves out: one's own access is in the hands of the others.
        user.id !== me.data?.id && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('admin.users.change_name', { name: user.name })}
            onClick={() => onEdit(user)}
          >
            {t('admin.users.change')}
          </Button>
        ),
    },
  ];
}
