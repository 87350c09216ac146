import { Button, Code, type MantineColor, NativeSelect, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CircleCheck, CircleDashed, CircleX, type LucideIcon, RotateCw, Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { Figure, Figures } from '../../../components/figure.tsx';
import { ListPagination } from '../../../components/list-pagination.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { Mark } from '../../../components/status-badge.tsx';
import {
  DELIVERY_STATUSES,
  type Delivery,
  type DeliveryStatus,
  useDeliveries,
  useReplay,
  type Webhook,
} from '../../../lib/api/admin/webhooks.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';
import { oneOf } from '../../../lib/search-params.ts';

const PAGE_SIZE = 25;
const LOOK = {
  pending: ['gray', CircleDashed],
  sending: ['blue', Send],
  delivered: ['green', CircleCheck],
  dead: ['red', CircleX],
} satisfies Record<DeliveryStatus, [MantineColor, LucideIcon]>;

/** What became of every event, with the way to tell one again. */
export function DeliveriesSection({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { page = 1, status } = useSearch({ from: '/shell/admin/webhooks/$id' });
  const navigate = useNavigate({ from: '/admin/webhooks/$id' });
  const list = useDeliveries(webhook.id, { page, page_size: PAGE_SIZE, ...(status && { status }) });
  const columns = useColumns(webhook);
  const { waiting, delivered, dead } = webhook.deliveries;
  return (
    <Section title={t('admin.webhooks.deliveries')} minHeight={300}>
      <Figures label={t('admin.webhooks.deliveries')}>
        <Figure label={t('admin.webhooks.waiting')} value={format.number(waiting)} color="gray" />
        <Figure label={t('admin.webhooks.delivered')} value={format.number(delivered)} color="green" />
        <Figure label={t('admin.webhooks.dead')} value={format.number(dead)} color="red" />
      </Figures>
      <NativeSelect
        label={t('exports.status')}
        my="md"
        maw={220}
        data={[
          { value: '', label: t('campaigns.any_status') },
          ...DELIVERY_STATUSES.map((value) => ({ value, label: t(`admin.delivery.${value}`) })),
        ]}
        value={status ?? ''}
        onChange={(event) => {
          const chosen = oneOf(DELIVERY_STATUSES, event.currentTarget.value);
          void navigate({ search: chosen ? { status: chosen } : {}, replace: true });
        }}
      />
      {list.isPending && <LoadingRows rows={4} height={40} />}
      {list.isError && !list.data && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.total === 0 && (
        <Text size="sm" c="dimmed">
          {t(status ? 'list.no_match_text' : 'admin.webhooks.no_deliveries')}
        </Text>
      )}
      {list.data && list.data.total > 0 && (
        <>
          <DataTable
            label={t('admin.webhooks.deliveries')}
            columns={columns}
            rows={list.data.items}
            rowId={(row) => row.id}
            minWidth={1_040}
          />
          <ListPagination
            {...list.data}
            onPage={(to) =>
              void navigate({ search: { ...(status && { status }), ...(to > 1 && { page: to }) } })
            }
          />
        </>
      )}
    </Section>
  );
}

function useColumns(webhook: Webhook): Column<Delivery>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'event',
      header: t('admin.webhooks.event'),
      cell: (row) => (
        <>
          <Text size="sm" fw={600}>
            {t(`admin.event.${row.event_type.replace('survey.', '') as 'completed'}`)}
          </Text>
          <Code fz="xs" style={{ whiteSpace: 'nowrap' }}>
            {row.event_id}
          </Code>
        </>
      ),
    },
    {
      id: 'status',
      header: t('exports.status'),
      cell: (row) => <Mark look={LOOK[row.status]} label={t(`admin.delivery.${row.status}`)} />,
    },
    {
      id: 'attempts',
      header: t('contacts.attempts'),
      isNumeric: true,
      cell: (row) => format.number(row.attempts),
    },
    {
      id: 'answer',
      header: t('admin.webhooks.answer'),
      cell: (row) => <Text size="sm">{row.error_message ?? row.response_status ?? NOTHING}</Text>,
    },
    {
      id: 'next',
      header: t('admin.webhooks.next'),
      cell: (row) => format.dateTime(row.status === 'pending' ? row.next_attempt_at : null),
    },
    { id: 'updated', header: t('admin.webhooks.updated'), cell: (row) => format.dateTime(row.updated_at) },
    {
      id: 'again',
      header: t('admin.actions'),
      cell: (row) =>
        row.status === 'delivered' || row.status === 'dead' ? (
          <Redeliver webhook={webhook} delivery={row} />
        ) : (
          NOTHING
        ),
    },
  ];
}

function Redeliver({ webhook, delivery }: { webhook: Webhook; delivery: Delivery }) {
  const { t } = useTranslation();
  const replay = useReplay(webhook.id);
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={replay.isPending}
      leftSection={<RotateCw size={14} aria-hidden />}
      aria-label={t('admin.webhooks.again_one', { id: delivery.event_id })}
      onClick={() =>
        replay.mutate(
          { event_ids: [delivery.event_id] },
          {
            onSuccess: (count) => notify(t('admin.webhooks.replayed', { count }), 'green'),
            onError: () => notify(t('error.title'), 'red'),
          },
        )
      }
    >
      {t('admin.webhooks.again')}
    </Button>
  );
}
