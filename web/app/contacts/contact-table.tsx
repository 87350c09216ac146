import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ContactBadge, OutcomeBadge } from '../../components/status-badge.tsx';
import type { Contact } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';

type Props = {
  contacts: Contact[];
  sort: string | undefined;
  onSort(sort: string | undefined): void;
  onOpen(contact_id: string): void;
};

/** One row a contact; the number opens everything known of it. */
export function ContactTable({ contacts, sort, onSort, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const moment = (value: string | null) => (
    <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
      {format.dateTime(value)}
    </Text>
  );
  const columns: Column<Contact>[] = [
    {
      id: 'phone_number',
      header: t('contacts.phone_number'),
      cell: (contact) => (
        <>
          <Anchor component="button" type="button" fw={600} size="sm" onClick={() => onOpen(contact.id)}>
            {contact.phone_number}
          </Anchor>
          <Text size="xs" c="dimmed">
            {contact.external_contact_id ?? NOTHING}
          </Text>
        </>
      ),
    },
    {
      id: 'state',
      header: t('contacts.state'),
      cell: (contact) => <ContactBadge state={contact.state} />,
    },
    {
      id: 'last_outcome',
      header: t('contacts.outcome'),
      cell: (contact) => (contact.last_outcome ? <OutcomeBadge outcome={contact.last_outcome} /> : NOTHING),
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
      cell: (contact) => moment(contact.last_attempt_at),
    },
    {
      id: 'next_attempt_at',
      header: t('contacts.next_attempt'),
      isSortable: true,
      cell: (contact) => moment(contact.next_attempt_at),
    },
  ];
  return (
    <DataTable
      label={t('contacts.title')}
      columns={columns}
      rows={contacts}
      rowId={(contact) => contact.id}
      sort={sort}
      onSort={onSort}
      minWidth={860}
    />
  );
}
