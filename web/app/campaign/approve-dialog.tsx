import { Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useApproveCampaign } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';

/** An administrator's word on a sensitive topic, with the reason that the audit log keeps. */
export function ApproveDialog({ campaign, onClose }: { campaign: Campaign; onClose(): void }) {
  const { t } = useTranslation();
  const mutation = useApproveCampaign(campaign.id);
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      isOpen
      title={t('approval.title', { name: campaign.name })}
      text={
        <Stack>
          <Text size="sm">{t('approval.text', { topic: t(`topic.${campaign.topic}`) })}</Text>
          <Textarea
            withAsterisk
            label={t('approval.reason')}
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
      }
      confirm={t('approval.approve')}
      isBusy={mutation.isPending}
      error={mutation.error}
      onConfirm={() => mutation.mutate(reason, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
