import { Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Campaign } from '../../lib/api/model.ts';
import { ContactDrawer } from './contact-drawer.tsx';
import { ContactList } from './contact-list.tsx';
import { UploadSection } from './upload-section.tsx';

/** Whom the campaign calls: the upload, the list, and one contact beside it. */
export function ContactsTab({ campaign }: { campaign: Campaign }) {
  const { contact } = useSearch({ from: '/shell/campaigns/$id' });
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const close = () => void navigate({ search: ({ contact: _closed, ...search }) => search });
  return (
    <Stack gap="lg">
      {campaign.can.upload_contacts && <UploadSection campaign={campaign} />}
      <ContactList campaign={campaign} />
      {contact && <ContactDrawer campaign_id={campaign.id} contact_id={contact} onClose={close} />}
    </Stack>
  );
}
