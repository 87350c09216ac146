import { Badge, Button, Paper, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ListPagination } from '../../../components/list-pagination.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { type Session, useRevokeSession, useSessions } from '../../../lib/api/admin/users.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';
import { browserOf } from './browser-of.ts';

const PAGE_SIZE = 50;

/** Every session that is open, and the way to end one at once. */
export function SessionList() {
  const { t } = useTranslation();
  const { page = 1 } = useSearch({ from: '/shell/admin/users' });
  const navigate = useNavigate({ from: '/admin/users' });
  const sessions = useSessions({ page, page_size: PAGE_SIZE });
  const revoke = useRevokeSession();
  const [ending, setEnding] = useState<Session | null>(null);
  const columns = useColumns(setEnding);
  return (
    <Paper withBorder p="md">
      {sessions.isPending && <LoadingRows rows={4} height={48} />}
      {sessions.isError && !sessions.data && (
        <ProblemAlert error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {sessions.data && (
        <>
          <DataTable
            label={t('admin.users.sessions')}
            columns={columns}
            rows={sessions.data.items}
            rowId={(row) => row.id}
            minWidth={720}
          />
          <ListPagination
            {...sessions.data}
            onPage={(to) =>
              void navigate({ search: { tab: 'sessions' as const, ...(to > 1 && { page: to }) } })
            }
          />
        </>
      )}
      <ConfirmDialog
        isOpen={ending !== null}
        title={t('admin.users.end_title', { name: ending?.user_name ?? '' })}
        text={t('admin.users.end_text')}
        confirm={t('admin.users.end')}
        isDangerous
        isBusy={revoke.isPending}
        error={revoke.error}
        onClose={() => {
          revoke.reset();
          setEnding(null);
        }}
        onConfirm={() =>
          revoke.mutate(ending!.id, {
            onSuccess: () => {
              notify(t('admin.users.ended'), 'green');
              setEnding(null);
            },
          })
        }
      />
    </Paper>
  );
}

function useColumns(onEnd: (session: Session) => void): Column<Session>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'user_name',
      header: t('admin.users.name'),
      cell: (session) => (
        <Text size="sm" fw={600}>
          {session.user_name}{' '}
          {session.is_current && (
            <Badge variant="light" miw="max-content" tt="none">
              {t('admin.users.this_one')}
            </Badge>
          )}
        </Text>
      ),
    },
    {
      id: 'user_agent',
      header: t('admin.users.browser'),
      cell: (session) => (
        <span title={session.user_agent ?? undefined}>{browserOf(session.user_agent) ?? NOTHING}</span>
      ),
    },
    {
      id: 'created_at',
      header: t('admin.users.began'),
      cell: (session) => format.dateTime(session.created_at),
    },
    {
      id: 'last_seen_at',
      header: t('admin.users.last_seen'),
      cell: (session) => format.dateTime(session.last_seen_at),
    },
    {
      id: 'expires_at',
      header: t('admin.users.expires'),
      cell: (session) => format.dateTime(session.expires_at),
    },
    {
      id: 'end',
      header: t('admin.actions'),
      cell: (session) =>
        session.is_current ? (
          <Text size="sm" c="dimmed">
            {t('admin.users.sign_out_instead')}
          </Text>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('admin.users.end_name', { name: session.user_name })}
            onClick={() => onEnd(session)}
          >
            {t('admin.users.end')}
          </Button>
        ),
    },
  ];
}
