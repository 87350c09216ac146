import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ContactBadge, Mark } from '../../../components/status-badge.tsx';
import type { PersonContact } from '../../../lib/api/admin/people.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';
import { HoldDialog } from './hold-dialog.tsx';
import { RectifyDialog } from './rectify-dialog.tsx';

type Open = { what: 'rectify' | 'hold'; contact: PersonContact };

/** The person in each campaign: what is held of them there, to correct it or to hold it. */
export function PersonContacts({ contacts }: { contacts: PersonContact[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const columns = useColumns(setOpen);
  return (
    <>
      <DataTable
        label={t('admin.people.contacts', { count: contacts.length })}
        columns={columns}
        rows={contacts}
        rowId={(row) => row.id}
        minWidth={860}
      />
      {open?.what === 'rectify' && (
        <RectifyDialog key={open.contact.id} contact={open.contact} onClose={() => setOpen(null)} />
      )}
      {open?.what === 'hold' && (
        <HoldDialog key={open.contact.id} contact={open.contact} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function useColumns(onOpen: (open: Open) => void): Column<PersonContact>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'campaign',
      header: t('campaigns.name'),
      cell: (contact) => (
        <Anchor
          component={Link}
          to={`/campaigns/${contact.campaign_id}?tab=contacts&contact=${contact.id}`}
          size="sm"
          fw={600}
        >
          {contact.campaign_name}
        </Anchor>
      ),
    },
    {
      id: 'reached',
      header: t('admin.people.reached_by'),
      cell: (contact) => (
        <>
          <Text size="sm">{contact.phone_number}</Text>
          <Text size="xs" c="dimmed">
            {contact.email ?? NOTHING}
          </Text>
        </>
      ),
    },
    { id: 'state', header: t('contacts.state'), cell: (contact) => <ContactBadge state={contact.state} /> },
    {
      id: 'last_attempt_at',
      header: t('contacts.last_attempt'),
      cell: (contact) => format.dateTime(contact.last_attempt_at),
    },
    {
      id: 'hold',
      header: t('admin.people.hold'),
      cell: (contact) =>
        contact.legal_hold ? <Mark look={['orange', Lock]} label={t('admin.people.held')} /> : NOTHING,
    },
    {
      id: 'actions',
      header: t('admin.actions'),
      cell: (contact) => (
        <Group gap={6} wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('admin.people.rectify_in', { campaign: contact.campaign_name })}
            onClick={() => onOpen({ what: 'rectify', contact })}
          >
            {t('admin.people.rectify')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t(contact.legal_hold ? 'admin.people.release_in' : 'admin.people.place_in', {
              campaign: contact.campaign_name,
            })}
            onClick={() => onOpen({ what: 'hold', contact })}
          >
            {t(contact.legal_hold ? 'admin.people.release' : 'admin.people.place')}
          </Button>
        </Group>
      ),
    },
  ];
}
