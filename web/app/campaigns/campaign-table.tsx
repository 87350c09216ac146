import { Anchor, Box, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { StateBar } from '../../components/state-bar.tsx';
import { CampaignBadge } from '../../components/status-badge.tsx';
import type { CampaignItem } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

type Props = { campaigns: CampaignItem[]; sort: string | undefined; onSort(sort: string | undefined): void };

/** One row a campaign: what it is, how far it is, what came out. */
export function CampaignTable({ campaigns, sort, onSort }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<CampaignItem>[] = [
    {
      id: 'name',
      header: t('campaigns.name'),
      isSortable: true,
      cell: (campaign) => (
        <>
          <Anchor component={Link} to={`/campaigns/${campaign.id}`} fw={600} size="sm">
            {campaign.name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {campaign.organization_name} · {t(`language.${campaign.language}`)}
          </Text>
        </>
      ),
    },
    {
      id: 'status',
      header: t('campaigns.status'),
      isSortable: true,
      cell: (campaign) => <CampaignBadge status={campaign.status} />,
    },
    {
      id: 'progress',
      header: t('campaigns.progress'),
      cell: (campaign) => (
        <Group gap="xs" wrap="nowrap">
          <Box flex={1} miw={80}>
            <StateBar counts={campaign.contact_counts} />
          </Box>
          <Text size="xs" c="dimmed" w={44} ta="end">
            {format.percent(campaign.progress)}
          </Text>
        </Group>
      ),
    },
    {
      id: 'contacts',
      header: t('campaigns.contacts'),
      isNumeric: true,
      cell: (campaign) => format.number(campaign.contact_counts.total),
    },
    {
      id: 'completed',
      header: t('campaigns.completed'),
      isNumeric: true,
      cell: (campaign) => format.number(campaign.contact_counts.completed),
    },
    {
      id: 'created_at',
      header: t('campaigns.created'),
      isSortable: true,
      cell: (campaign) => (
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {format.dateTime(campaign.created_at)}
        </Text>
      ),
    },
  ];
  return (
    <DataTable
      label={t('campaigns.title')}
      columns={columns}
      rows={campaigns}
      rowId={(campaign) => campaign.id}
      sort={sort}
      onSort={onSort}
      minWidth={820}
    />
  );
}
