import { Button, Group, Select } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FilterX, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../components/empty-panel.tsx';
import { ListPagination } from '../../components/list-pagination.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Section } from '../../components/section.tsx';
import { useContacts } from '../../lib/api/contacts.ts';
import { CALL_OUTCOMES, CONTACT_STATES, type Campaign } from '../../lib/api/model.ts';
import { oneOf } from '../../lib/search-params.ts';
import { ContactTable } from './contact-table.tsx';

const PAGE_SIZE = 25;
type Props = { campaign: Campaign; onOpen(contact_id: string): void };

/** The contacts, filtered and sorted by the address, fetched again while somebody watches. */
export function ContactList({ campaign, onOpen }: Props) {
  const { t } = useTranslation();
  const search = useSearch({ from: '/shell/campaigns/$id' });
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const { state, outcome, q, sort, page = 1 } = search;
  const filters = { ...(state && { state }), ...(outcome && { outcome }), ...(q && { q }), ...(sort && { sort }) };
  const list = useContacts(campaign.id, { ...filters, page, page_size: PAGE_SIZE });
  const narrow = (change: Partial<typeof search>) =>
    void navigate({
      search: (now) => ({ ...now, page: undefined, ...change }),
      replace: true,
      resetScroll: false,
    });
  const isFiltered = state !== undefined || outcome !== undefined || q !== undefined || page > 1;
  return (
    <Section title={t('contacts.title')} hint={t('contacts.hint')} minHeight={420}>
      <Group mb="md" gap="sm">
        <SearchField label={t('contacts.search')} value={q} onChange={(value) => narrow({ q: value })} />
        <Select
          aria-label={t('contacts.state')}
          placeholder={t('contacts.any_state')}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          data={CONTACT_STATES.map((value) => ({ value, label: t(`contact_state.${value}`) }))}
          value={state ?? null}
          onChange={(value) => narrow({ state: oneOf(CONTACT_STATES, value) })}
          w={{ base: '100%', xs: 180 }}
        />
        <Select
          aria-label={t('contacts.outcome')}
          placeholder={t('contacts.any_outcome')}
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          data={CALL_OUTCOMES.map((value) => ({ value, label: t(`call_outcome.${value}`) }))}
          value={outcome ?? null}
          onChange={(value) => narrow({ outcome: oneOf(CALL_OUTCOMES, value) })}
          w={{ base: '100%', xs: 200 }}
        />
      </Group>
      {list.isPending && <LoadingRows rows={7} />}
      {list.isError && !list.data && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && list.data.items.length > 0 && (
        <>
          <ContactTable
            contacts={list.data.items}
            sort={sort}
            onSort={(value) => narrow({ sort: value })}
            onOpen={onOpen}
          />
          <ListPagination {...list.data} onPage={(to) => narrow({ page: to > 1 ? to : undefined })} />
        </>
      )}
      {list.data?.items.length === 0 &&
        (isFiltered ? (
          <EmptyPanel
            icon={FilterX}
            title={t('list.no_match')}
            text={t('list.no_match_text')}
            action={
              <Button
                variant="default"
                onClick={() => void navigate({ search: { tab: 'contacts' }, resetScroll: false })}
              >
                {t('list.clear')}
              </Button>
            }
          />
        ) : (
          <EmptyPanel
            icon={Users}
            title={t('contacts.empty')}
            text={t(campaign.can.upload_contacts ? 'contacts.empty_text' : 'contacts.empty_closed')}
          />
        ))}
    </Section>
  );
}
