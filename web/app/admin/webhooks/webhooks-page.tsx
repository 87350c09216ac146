import { Anchor, Button, Paper, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyPanel } from '../../../components/empty-panel.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useWebhooks, type Webhook } from '../../../lib/api/admin/webhooks.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
import { ActiveBadge } from './active-badge.tsx';
import { SecretOnce } from './secret-once.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';

/** The receivers of survey events outside. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useWebhooks();
  const [isAdding, setAdding] = useState(false);
  const [added, setAdded] = useState<Webhook | null>(null);
  const columns = useColumns();
  const add = (
    <Button leftSection={<Plus size={17} aria-hidden />} onClick={() => setAdding(true)}>
      {t('admin.webhooks.add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('admin.area.webhooks')} subtitle={t('admin.webhooks.hint')} actions={add} />
      <Paper withBorder p="md">
        {list.isPending && <LoadingRows rows={4} height={48} />}
        {list.isError && !list.data && (
          <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.data?.total === 0 && (
          <EmptyPanel
            icon={WebhookIcon}
            title={t('admin.webhooks.empty')}
            text={t('admin.webhooks.empty_text')}
            action={add}
          />
        )}
        {list.data && list.data.total > 0 && (
          <DataTable
            label={t('admin.area.webhooks')}
            columns={columns}
            rows={list.data.items}
            rowId={(row) => row.id}
            minWidth={720}
          />
        )}
      </Paper>
      {isAdding && (
        <WebhookDialog
          webhook={null}
          onClose={() => setAdding(false)}
          onSaved={(saved) => {
            setAdding(false);
            setAdded(saved);
          }}
        />
      )}
      <SecretOnce
        secret={added?.new_secret ?? null}
        onClose={() => {
          void navigate({ to: `/admin/webhooks/${added!.id}` });
          setAdded(null);
        }}
      />
    </>
  );
}

function useColumns(): Column<Webhook>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'url',
      header: t('admin.webhooks.url'),
      cell: (webhook) => (
        <>
          <Anchor
            component={Link}
            to={`/admin/webhooks/${webhook.id}`}
            size="sm"
            fw={600}
            style={{ overflowWrap: 'anywhere' }}
          >
            {webhook.url}
          </Anchor>
          <Text size="xs" c="dimmed">
            {webhook.description}
          </Text>
        </>
      ),
    },
    {
      id: 'state',
      header: t('exports.status'),
      cell: (webhook) => <ActiveBadge isActive={webhook.is_active} />,
    },
    {
      id: 'waiting',
      header: t('admin.webhooks.waiting'),
      isNumeric: true,
      cell: ({ deliveries }) => format.number(deliveries.waiting),
    },
    {
      id: 'delivered',
      header: t('admin.webhooks.delivered'),
      isNumeric: true,
      cell: ({ deliveries }) => format.number(deliveries.delivered),
    },
    {
      id: 'dead',
      header: t('admin.webhooks.dead'),
      isNumeric: true,
      cell: ({ deliveries }) => (
        <Text
          size="sm"
          fw={deliveries.dead > 0 ? 650 : 400}
          {...(deliveries.dead > 0 && { c: 'var(--mantine-color-red-light-color)' })}
        >
          {format.number(deliveries.dead)}
        </Text>
      ),
    },
  ];
}
