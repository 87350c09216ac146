import { Button, Group, Paper, Select } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { FilterX, PhoneOutgoing, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../components/empty-panel.tsx';
import { ListPagination } from '../../components/list-pagination.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useCampaigns } from '../../lib/api/campaigns.ts';
import { CAMPAIGN_STATUSES } from '../../lib/api/model.ts';
import { useMe } from '../../lib/api/session.ts';
import { oneOf } from '../../lib/search-params.ts';
import { CampaignTable } from './campaign-table.tsx';

const PAGE_SIZE = 25;

/** All campaigns: find one, see how far it is, begin a new one. */
export function CampaignListPage() {
  const { t } = useTranslation();
  const me = useMe();
  const search = useSearch({ from: '/shell/campaigns' });
  const navigate = useNavigate({ from: '/campaigns' });
  const { page = 1, ...filters } = search;
  const list = useCampaigns({ ...filters, page, page_size: PAGE_SIZE });
  const narrow = (change: Partial<typeof search>) =>
    navigate({ search: (now) => ({ ...now, page: undefined, ...change }), replace: true });
  const isFiltered = filters.status !== undefined || filters.q !== undefined;
  const mayWrite = me.data?.role !== 'viewer';
  const create = mayWrite && (
    <Button component={Link} to="/campaigns/new" leftSection={<Plus size={17} aria-hidden />}>
      {t('campaigns.new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('campaigns.title')} actions={create} />
      <Paper withBorder p="md">
        <Group mb="md" gap="sm">
          <SearchField label={t('campaigns.search')} value={filters.q} onChange={(q) => void narrow({ q })} />
          <Select
            aria-label={t('campaigns.status')}
            placeholder={t('campaigns.any_status')}
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            data={CAMPAIGN_STATUSES.map((value) => ({ value, label: t(`campaign_status.${value}`) }))}
            value={filters.status ?? null}
            onChange={(value) => void narrow({ status: oneOf(CAMPAIGN_STATUSES, value) })}
            w={{ base: '100%', xs: 180 }}
          />
        </Group>
        {list.isPending && <LoadingRows rows={8} height={52} />}
        {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
        {list.data && list.data.items.length > 0 && (
          <>
            <CampaignTable
              campaigns={list.data.items}
              sort={filters.sort}
              onSort={(sort) => void narrow({ sort })}
            />
            <ListPagination
              {...list.data}
              onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to > 1 ? to : undefined }) })}
            />
          </>
        )}
        {list.data?.items.length === 0 &&
          (isFiltered || page > 1 ? (
            <EmptyPanel
              icon={FilterX}
              title={t('list.no_match')}
              text={t('list.no_match_text')}
              action={
                <Button variant="default" onClick={() => void navigate({ search: {} })}>
                  {t('list.clear')}
                </Button>
              }
            />
          ) : (
            <EmptyPanel
              icon={PhoneOutgoing}
              title={t('campaigns.empty')}
              text={t(mayWrite ? 'campaigns.empty_text' : 'campaigns.empty_viewer')}
              action={create}
            />
          ))}
      </Paper>
    </>
  );
}
