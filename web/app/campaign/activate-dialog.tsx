import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FieldList } from '../../components/field-list.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { useMoveCampaign, useReadiness } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { ReadinessChecklist } from './readiness-checklist.tsx';
import { useWindowText } from './use-window-text.ts';

/** The last look before people are called: how many, when, how often; what is missing stands here with its remedy. */
export function ActivateDialog({ campaign, onClose }: { campaign: Campaign; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const windowText = useWindowText(campaign);
  const readiness = useReadiness(campaign.id, true);
  const mutation = useMoveCampaign(campaign.id);
  const [start, setStart] = useState<'now' | 'later'>('now');
  const [moment, setMoment] = useState('');
  const { pending } = campaign.contact_counts;
  const isReady = readiness.data?.ready ?? false;
  const [isAsked, setAsked] = useState(false);
  const isFuture = moment !== '' && new Date(moment) > new Date();
  const scheduled_at = start === 'later' && isFuture ? new Date(moment).toISOString() : undefined;
  const warnings = readiness.data?.checks.filter(({ ok }) => !ok) ?? [];
  const activate = () => {
    // Somebody who chose "later" never gets "now" for want of a date.
    if (start === 'later' && !isFuture) setAsked(true);
    else mutation.mutate({ move: 'activate', scheduled_at }, { onSuccess: onClose });
  };
  const blocked = readiness.data && !isReady;
  return (
    <ConfirmDialog
      isOpen
      title={t('move.activate_title', { name: campaign.name })}
      confirm={
        blocked
          ? t('move.check_again')
          : t(start === 'now' ? 'move.call' : 'move.schedule', { count: pending })
      }
      isBusy={mutation.isPending || readiness.isPending}
      error={mutation.error}
      onConfirm={() => {
        if (blocked) void readiness.refetch();
        else activate();
      }}
      onClose={onClose}
      text={
        <Stack>
          {readiness.isPending && <LoadingRows rows={3} height={28} />}
          {blocked && (
            <>
              <Text size="sm">{t('readiness.not_ready')}</Text>
              <ReadinessChecklist campaign={campaign} checks={readiness.data.checks} onFollow={onClose} />
            </>
          )}
          {isReady && (
            <>
              <Text size="sm">{t('move.activate_text')}</Text>
              {warnings.length > 0 && (
                <ReadinessChecklist campaign={campaign} checks={warnings} onFollow={onClose} />
              )}
              <FieldList
                fields={[
                  [t('move.people'), format.number(pending)],
                  [t('move.hours'), windowText],
                  [
                    t('move.attempts'),
                    t('move.attempts_text', {
                      count: campaign.max_attempts,
                      minutes: campaign.retry_interval_minutes,
                    }),
                  ],
                ]}
              />
              <Radio.Group
                label={t('move.start')}
                value={start}
                onChange={(value) => setStart(value as 'now')}
              >
                <Stack gap="xs" mt={6}>
                  <Radio value="now" label={t('move.start_now')} />
                  <Radio value="later" label={t('move.start_later')} />
                </Stack>
              </Radio.Group>
              {start === 'later' && (
                <TextInput
                  type="datetime-local"
                  label={t('move.start_at')}
                  description={Intl.DateTimeFormat().resolvedOptions().timeZone}
                  error={isAsked && !isFuture && t('fault.future')}
                  value={moment}
                  onChange={(event) => setMoment(event.currentTarget.value)}
                />
              )}
            </>
          )}
        </Stack>
      }
    />
  );
}
