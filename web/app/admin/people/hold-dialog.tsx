import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useLegalHold } from '../../../lib/api/admin/people.ts';
import { asProblem } from '../../../lib/api/problem.ts';

type Held = { id: string; campaign_name: string; legal_hold: boolean };

/** Holds a contact's data against every deletion, with the reason why, or lets it go. */
export function HoldDialog({ contact, onClose }: { contact: Held; onClose(): void }) {
  const { t } = useTranslation();
  const hold = useLegalHold(contact.id);
  const [reason, setReason] = useState('');
  const isPlacing = !contact.legal_hold;
  const fault = hold.isError ? asProblem(hold.error).errors[0]?.message : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(isPlacing ? 'admin.people.place_in' : 'admin.people.release_in', {
        campaign: contact.campaign_name,
      })}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm">{t(isPlacing ? 'admin.people.place_text' : 'admin.people.release_text')}</Text>
        {isPlacing && (
          <Textarea
            label={t('admin.reason')}
            description={t('admin.reason_hint')}
            autosize
            minRows={2}
            maxLength={1_000}
            value={reason}
            error={fault}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        {hold.isError && <ProblemAlert error={hold.error} others={[]} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            loading={hold.isPending}
            onClick={() =>
              hold.mutate(
                { legal_hold: isPlacing, reason: reason.trim() || null },
                {
                  onSuccess: () => {
                    notify(t(isPlacing ? 'admin.people.placed' : 'admin.people.released'), 'green');
                    onClose();
                  },
                },
              )
            }
          >
            {t(isPlacing ? 'admin.people.place' : 'admin.people.release')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
