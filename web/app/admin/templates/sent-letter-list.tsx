import { Anchor, type MantineColor, NativeSelect, Paper, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  CircleX,
  type LucideIcon,
  MailCheck,
  Send,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyPanel } from '../../../components/empty-panel.tsx';
import { ListPagination } from '../../../components/list-pagination.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Mark } from '../../../components/status-badge.tsx';
import {
  LETTER_STATUSES,
  type LetterStatus,
  type SentLetter,
  useSentLetters,
} from '../../../lib/api/admin/templates.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import { oneOf } from '../../../lib/search-params.ts';

const PAGE_SIZE = 50;
const LOOK = {
  pending: ['gray', CircleDashed],
  sending: ['blue', Send],
  sent: ['green', CircleCheck],
  failed: ['red', CircleX],
  unknown: ['orange', CircleHelp],
  skipped: ['gray', CircleSlash],
} satisfies Record<LetterStatus, [MantineColor, LucideIcon]>;

/** Every follow-up letter with its fate; one that nobody can know about says so. */
export function SentLetterList() {
  const { t } = useTranslation();
  const { page = 1, status } = useSearch({ from: '/shell/admin/templates' });
  const navigate = useNavigate({ from: '/admin/templates' });
  const list = useSentLetters({ page, page_size: PAGE_SIZE, ...(status && { status }) });
  const columns = useColumns();
  const here = { tab: 'sent' as const, ...(status && { status }) };
  return (
    <Paper withBorder p="md">
      <NativeSelect
        label={t('exports.status')}
        mb="md"
        maw={220}
        data={[
          { value: '', label: t('campaigns.any_status') },
          ...LETTER_STATUSES.map((value) => ({ value, label: t(`admin.letter.${value}`) })),
        ]}
        value={status ?? ''}
        onChange={(event) => {
          const chosen = oneOf(LETTER_STATUSES, event.currentTarget.value);
          void navigate({ search: { tab: 'sent', ...(chosen && { status: chosen }) }, replace: true });
        }}
      />
      {list.isPending && <LoadingRows rows={5} height={40} />}
      {list.isError && !list.data && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.total === 0 && (
        <EmptyPanel
          icon={MailCheck}
          title={t(status ? 'list.no_match' : 'admin.templates.none_sent')}
          text={t(status ? 'list.no_match_text' : 'admin.templates.none_sent_text')}
        />
      )}
      {list.data && list.data.total > 0 && (
        <>
          <DataTable
            label={t('admin.templates.sent')}
            columns={columns}
            rows={list.data.items}
            rowId={(row) => row.id}
            minWidth={760}
          />
          <ListPagination
            {...list.data}
            onPage={(to) => void navigate({ search: { ...here, ...(to > 1 && { page: to }) } })}
          />
        </>
      )}
    </Paper>
  );
}

function useColumns(): Column<SentLetter>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return [
    {
      id: 'created_at',
      header: t('exports.at'),
      cell: (row) => (
        <Anchor
          component={Link}
          to={`/campaigns/${row.campaign_id}?tab=contacts&contact=${row.contact_id}`}
          size="sm"
        >
          {format.dateTime(row.created_at)}
        </Anchor>
      ),
    },
    { id: 'to', header: t('admin.templates.to'), cell: (row) => row.to_email ?? NOTHING },
    {
      id: 'status',
      header: t('exports.status'),
      cell: (row) => {
        const status = oneOf(LETTER_STATUSES, row.status) ?? 'unknown';
        return <Mark look={LOOK[status]} label={t(`admin.letter.${status}`)} />;
      },
    },
    {
      id: 'why',
      header: t('contact.why'),
      cell: (row) => (
        <Text size="sm">
          {row.skip_reason ? label('admin.skip_reason', row.skip_reason) : (row.error_message ?? NOTHING)}
        </Text>
      ),
    },
    {
      id: 'attempts',
      header: t('contacts.attempts'),
      isNumeric: true,
      cell: (row) => format.number(row.attempts),
    },
  ];
}
