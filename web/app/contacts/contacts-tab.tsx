import { Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Campaign } from '../../lib/api/model.ts';
import { ContactDrawer } from './contact-drawer.tsx';
import { ContactList } from './contact-list.tsx';
import { UploadSection } from './upload-section.tsx';

/** Whom the campaign calls: add people, watch them, open one. */
export function ContactsTab({ campaign }: { campaign: Campaign }) {
  const { contact } = useSearch({ from: '/shell/campaigns/$id' });
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const open = (id: string | undefined) =>
    void navigate({ search: (now) => ({ ...now, contact: id }), resetScroll: false });
  return (
    <Stack gap="lg">
      {campaign.can.upload_contacts && <UploadSection campaign={campaign} />}
      <ContactList campaign={campaign} onOpen={open} />
      <ContactDrawer campaign_id={campaign.id} contact_id={contact} onClose={() => open(undefined)} />
    </Stack>
  );
}
