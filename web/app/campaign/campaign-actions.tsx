import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import {
  CircleStop,
  Copy,
  EllipsisVertical,
  Pause,
  PencilLine,
  Play,
  Rocket,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../components/notify.ts';
import { type CampaignMove, useMoveCampaign } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';
import { asProblem } from '../../lib/api/problem.ts';
import { ActivateDialog } from './activate-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';

const BUTTONS = [
  { move: 'pause', icon: Pause, variant: 'default' },
  { move: 'resume', icon: Play, variant: 'filled' },
  { move: 'unschedule', icon: Undo2, variant: 'default' },
] as const;
type Asked = 'activate' | 'pause' | 'resume' | 'unschedule' | 'cancel' | 'delete' | null;

/** What this person may do with this campaign now, by the server's word; nothing that would be refused is shown. */
export function CampaignActions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { can } = campaign;
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  return (
    <>
      {can.edit && (
        <Button
          component={Link}
          to={`/campaigns/${campaign.id}/edit`}
          variant="default"
          leftSection={<PencilLine size={16} aria-hidden />}
        >
          {t('move.edit')}
        </Button>
      )}
      {BUTTONS.filter(({ move }) => can[move]).map(({ move, icon: Icon, variant }) => (
        <Button
          key={move}
          variant={variant}
          leftSection={<Icon size={16} aria-hidden />}
          onClick={() => setAsked(move)}
        >
          {t(`move.${move}`)}
        </Button>
      ))}
      {can.activate && (
        <Button leftSection={<Rocket size={16} aria-hidden />} onClick={() => setAsked('activate')}>
          {t('move.activate')}
        </Button>
      )}
      <MoreMenu campaign={campaign} onAsk={setAsked} />
      {asked === 'activate' && <ActivateDialog campaign={campaign} onClose={close} />}
      {asked === 'delete' && <DeleteDialog campaign={campaign} onClose={close} />}
      {asked !== null && asked !== 'activate' && asked !== 'delete' && (
        <MoveDialog campaign={campaign} move={asked} onClose={close} />
      )}
    </>
  );
}

function MoreMenu({ campaign, onAsk }: { campaign: Campaign; onAsk(asked: Asked): void }) {
  const { t } = useTranslation();
  const { can } = campaign;
  const navigate = useNavigate();
  const { mutate } = useMoveCampaign(campaign.id);
  const duplicate = (move: CampaignMove) =>
    mutate(
      { move },
      {
        onSuccess: (copy) => void navigate({ to: '/campaigns/$id/edit', params: { id: copy.id } }),
        onError: (error) => notify(asProblem(error).message || t('error.unreachable'), 'red'),
      },
    );
  if (!can.duplicate && !can.cancel && !can.delete) return null;
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('move.more')}>
          <EllipsisVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {can.duplicate && (
          <Menu.Item leftSection={<Copy size={16} aria-hidden />} onClick={() => duplicate('duplicate')}>
            {t('move.duplicate')}
          </Menu.Item>
        )}
        {can.cancel && (
          <Menu.Item
            color="red"
            leftSection={<CircleStop size={16} aria-hidden />}
            onClick={() => onAsk('cancel')}
          >
            {t('move.cancel')}
          </Menu.Item>
        )}
        {can.delete && (
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={16} aria-hidden />}
            onClick={() => onAsk('delete')}
          >
            {t('move.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
