import { Anchor, Button, Group, NativeSelect, Text } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { FilterX, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { EmptyPanel } from '../../components/empty-panel.tsx';
import { ListPagination } from '../../components/list-pagination.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Section } from '../../components/section.tsx';
import { ContactBadge, OutcomeBadge } from '../../components/status-badge.tsx';
import { useContacts } from '../../lib/api/contacts.ts';
import { CALL_OUTCOMES, type Campaign, CONTACT_STATES, type Contact } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { oneOf } from '../../lib/search-params.ts';

const PAGE_SIZE = 25;

/** The contacts with their filters in the address; kept fresh without moving focus. */
export function ContactList({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { contact: _open, tab: _tab, page = 1, ...filters } = useSearch({ from: '/shell/campaigns/$id' });
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const query = useContacts(campaign.id, { ...filters, page, page_size: PAGE_SIZE });
  const narrow = (change: Partial<typeof filters>) =>
    void navigate({ search: ({ page: _first, ...search }) => dropEmpty({ ...search, ...change }) });
  const isFiltered = Boolean(filters.state || filters.outcome || filters.q);
  return (
    <Section title={t('contacts.table')} hint={t('contacts.hint')} minHeight={360}>
      <Group mb="md" align="flex-end">
        <SearchField label={t('contacts.search')} value={filters.q} onChange={(q) => narrow({ q })} />
        <NativeSelect
          aria-label={t('contacts.state')}
          value={filters.state ?? ''}
          onChange={(event) => narrow({ state: oneOf(CONTACT_STATES, event.currentTarget.value) })}
          data={[
            { value: '', label: t('contacts.any_state') },
            ...CONTACT_STATES.map((value) => ({ value, label: t(`contact_state.${value}`) })),
          ]}
        />
        <NativeSelect
          aria-label={t('contacts.last_outcome')}
          value={filters.outcome ?? ''}
          onChange={(event) => narrow({ outcome: oneOf(CALL_OUTCOMES, event.currentTarget.value) })}
          data={[
            { value: '', label: t('contacts.any_outcome') },
            ...CALL_OUTCOMES.map((value) => ({ value, label: t(`call_outcome.${value}`) })),
          ]}
        />
      </Group>
      {query.isPending && <LoadingRows rows={6} height={36} />}
      {query.isError && !query.data && (
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.total === 0 && (
        <EmptyPanel
          icon={isFiltered ? FilterX : Users}
          title={isFiltered ? t('list.no_match') : t('contacts.empty')}
          text={t(
            isFiltered
              ? 'list.no_match_text'
              : campaign.can.upload_contacts
                ? 'contacts.empty_text'
                : 'contacts.closed_text',
          )}
          action={
            isFiltered && (
              <Button
                variant="default"
                onClick={() => narrow({ state: undefined, outcome: undefined, q: undefined })}
              >
                {t('list.clear')}
              </Button>
            )
          }
        />
      )}
      {query.data && query.data.total > 0 && (
        <>
          <ContactTable contacts={query.data.items} sort={filters.sort} onSort={(sort) => narrow({ sort })} />
          <ListPagination
            {...query.data}
            onPage={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
          />
        </>
      )}
    </Section>
  );
}

function dropEmpty<T extends Record<string, unknown>>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;
}

type TableProps = { contacts: Contact[]; sort: string | undefined; onSort(sort: string | undefined): void };

function ContactTable({ contacts, sort, onSort }: TableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Contact>[] = [
    {
      id: 'phone_number',
      header: t('contacts.number'),
      cell: (contact) => (
        <>
          <Anchor
            component={Link}
            to="."
            search={((search: object) => ({ ...search, contact: contact.id })) as never}
            size="sm"
            fw={600}
          >
            {contact.phone_number}
          </Anchor>
          <Text size="xs" c="dimmed">
            {contact.external_contact_id ?? ''}
          </Text>
        </>
      ),
    },
    { id: 'state', header: t('contacts.state'), cell: (contact) => <ContactBadge state={contact.state} /> },
    {
      id: 'last_outcome',
      header: t('contacts.last_outcome'),
      cell: (contact) => (contact.last_outcome ? <OutcomeBadge outcome={contact.last_outcome} /> : '–'),
    },
    {
      id: 'attempts_count',
      header: t('contacts.attempts'),
      isSortable: true,
      isNumeric: true,
      cell: (contact) => format.number(contact.attempts_count),
    },
    {
      id: 'last_attempt_at',
      header: t('contacts.last_attempt'),
      isSortable: true,
      cell: (contact) => format.dateTime(contact.last_attempt_at),
    },
    {
      id: 'next_attempt_at',
      header: t('contacts.next_attempt'),
      isSortable: true,
      cell: (contact) => format.dateTime(contact.next_attempt_at),
    },
  ];
  return (
    <DataTable
      label={t('contacts.table')}
      columns={columns}
      rows={contacts}
      rowId={(contact) => contact.id}
      sort={sort}
      onSort={onSort}
      minWidth={760}
    />
  );
}
