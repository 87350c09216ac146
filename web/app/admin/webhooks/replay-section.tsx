import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { type Replay, useReplay, type Webhook } from '../../../lib/api/admin/webhooks.ts';
import { useFormat } from '../../../lib/i18n/format.ts';

/** Tells a receiver again: what it could not be told, or everything of a period. */
export function ReplaySection({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const format = useFormat();
  const replay = useReplay(webhook.id);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { dead } = webhook.deliveries;
  const send = (what: Replay) =>
    replay.mutate(what, {
      onSuccess: (count) => notify(t('admin.webhooks.replayed', { count }), 'green'),
    });
  const sendPeriod = () => {
    const isGiven = from !== '' || to !== '';
    setMissing(!isGiven);
    if (!isGiven) return;
    send({
      ...(from && { from: new Date(from).toISOString() }),
      ...(to && { to: new Date(to).toISOString() }),
    });
  };
  return (
    <Section title={t('admin.webhooks.replay')} hint={t('admin.webhooks.replay_hint')}>
      <Group align="flex-end" gap="sm">
        <TextInput
          type="datetime-local"
          label={t('admin.audit.from')}
          value={from}
          error={isMissing ? t('fault.required') : undefined}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={t('admin.audit.to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button variant="default" loading={replay.isPending} onClick={sendPeriod}>
          {t('admin.webhooks.replay_period')}
        </Button>
        {dead > 0 && (
          <Button variant="light" loading={replay.isPending} onClick={() => send({})}>
            {t('admin.webhooks.replay_dead', { count: dead, shown: format.number(dead) })}
          </Button>
        )}
      </Group>
      {replay.isError && <ProblemAlert error={replay.error} />}
    </Section>
  );
}
