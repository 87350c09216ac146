import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Campaign, ReadinessCheck } from '../../lib/api/model.ts';
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
  const isAboutContacts = check.field === 'contacts' || /contact/.test(check.code);
  return (
    <li className={classes.row} data-state={state}>
      <Icon size={18} aria-hidden className={classes.icon} />
      <Text size="sm" component="span" flex={1}>
        <span className={classes.state}>{t(`readiness.${state}`)}: </span>
        {check.message}
      </Text>
      {!check.ok && isAboutContacts && campaign.can.upload_contacts && (
        <Anchor
          component={Link}
          to={`/campaigns/${campaign.id}?tab=contacts`}
          size="sm"
          {...(onFollow && { onClick: onFollow })}
        >
          {t('readiness.upload')}
        </Anchor>
      )}
      {!check.ok && !isAboutContacts && check.field && campaign.can.edit && (
        <Anchor component={Link} to={`/campaigns/${campaign.id}/edit`} size="sm">
          {t('readiness.fix')}
        </Anchor>
      )}
    </li>
  );
}
