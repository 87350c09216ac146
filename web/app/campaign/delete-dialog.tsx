import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useDeleteCampaign } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';

/** Deleting a campaign, with what becomes of its records. */
export function DeleteDialog({ campaign, onClose }: { campaign: Campaign; onClose(): void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mutation = useDeleteCampaign(campaign.id);
  return (
    <ConfirmDialog
      isOpen
      title={t('move.delete_title', { name: campaign.name })}
      text={t('move.delete_text')}
      confirm={t('move.delete_confirm')}
      isDangerous
      isBusy={mutation.isPending}
      error={mutation.error}
      onConfirm={() =>
        mutation.mutate(undefined, { onSuccess: () => void navigate({ to: '/campaigns', search: {} }) })
      }
      onClose={onClose}
    />
  );
}
