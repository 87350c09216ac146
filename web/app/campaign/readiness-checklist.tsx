import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, ReadinessCheck } from '../../lib/api/model.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import classes from './readiness-checklist.module.css';

type Props = { campaign: Campaign; checks: ReadinessCheck[]; onFollow?: () => void };

/** Every rule of the launch as a row, unmet ones first; the remedy is one click away. */
export function ReadinessChecklist({ campaign, checks, onFollow }: Props) {
  return (
    <ul className={classes.list}>
      {[...checks.filter(({ ok }) => !ok), ...checks.filter(({ ok }) => ok)].map((check) => (
        <Row
          key={`${check.code} ${check.field}`}
          campaign={campaign}
          check={check}
          {...(onFollow && { onFollow })}
        />
      ))}
    </ul>
  );
}

function Row({
  campaign,
  check,
  onFollow,
}: {
  campaign: Campaign;
  check: ReadinessCheck;
  onFollow?: () => void;
}) {
  const { t } = useTranslation();
  const state = check.ok ? 'ok' : check.level;
  const Icon = { ok: CircleCheck, error: CircleAlert, warning: TriangleAlert }[state];
  const [isApproving, setApproving] = useState(false);
  const remedy = check.ok ? null : remedyOf(check, campaign);
  return (
    <li className={classes.row} data-state={state}>
      <Icon size={18} aria-hidden className={classes.icon} />
      <Text size="sm" component="span" flex={1}>
        <span className={classes.state}>{t(`readiness.${state}`)}: </span>
        {check.message}
      </Text>
      {remedy === 'upload' && (
        <Anchor
          component={Link}
          to={`/campaigns/${campaign.id}?tab=contacts`}
          size="sm"
          {...(onFollow && { onClick: onFollow })}
        >
          {t('readiness.upload')}
        </Anchor>
      )}
      {remedy === 'rehearse' && (
        <Anchor
          component={Link}
          to={`/campaigns/${campaign.id}?tab=rehearsal`}
          size="sm"
          {...(onFollow && { onClick: onFollow })}
        >
          {t('rehearsal.do')}
        </Anchor>
      )}
      {remedy === 'approve' && (
        <Anchor component="button" type="button" size="sm" onClick={() => setApproving(true)}>
          {t('approval.approve')}
        </Anchor>
      )}
      {remedy === 'edit' && (
        <Anchor component={Link} to={`/campaigns/${campaign.id}/edit`} hash={check.field ?? ''} size="sm">
          {t('readiness.fix')}
        </Anchor>
      )}
      {isApproving && <ApproveDialog campaign={campaign} onClose={() => setApproving(false)} />}
    </li>
  );
}

// What stands in the settings is not this page's to change.
const SETTINGS = /^(telephony|retention)\./;

type Remedy = 'upload' | 'rehearse' | 'approve' | 'edit';

function remedyOf({ field }: ReadinessCheck, { can }: Campaign): Remedy | null {
  if (field === null || SETTINGS.test(field)) return null;
  if (field === 'contacts') return can.upload_contacts ? 'upload' : null;
  if (field === 'rehearsal') return can.rehearse ? 'rehearse' : null;
  if (field === 'topic' && can.approve) return 'approve';
  return can.edit ? 'edit' : null;
}
