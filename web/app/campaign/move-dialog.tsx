import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useMoveCampaign, useStats } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';

type Props = { campaign: Campaign; move: 'pause' | 'resume' | 'unschedule' | 'cancel'; onClose(): void };

/** Pausing, resuming and stopping, each with what it does to calls that are live and to people who wait. */
export function MoveDialog({ campaign, move, onClose }: Props) {
  const { t } = useTranslation();
  const mutation = useMoveCampaign(campaign.id);
  const stats = useStats(campaign.id);
  const { pending, in_progress } = campaign.contact_counts;
  const live = stats.data?.live_calls ?? in_progress;
  return (
    <ConfirmDialog
      isOpen
      title={t(`move.${move}_title`, { name: campaign.name })}
      text={`${t(`move.${move}_text`, { count: pending })} ${move === 'pause' || move === 'cancel' ? t('move.live', { count: live }) : ''}`}
      confirm={t(`move.${move}_confirm`)}
      isDangerous={move === 'cancel'}
      isBusy={mutation.isPending}
      error={mutation.error}
      onConfirm={() => mutation.mutate({ move }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
