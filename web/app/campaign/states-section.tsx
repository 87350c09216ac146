import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Figure, Figures } from '../../components/figure.tsx';
import { Section } from '../../components/section.tsx';
import { StateBar } from '../../components/state-bar.tsx';
import { STATE_COLOR } from '../../components/state-color.ts';
import { type Campaign, CONTACT_STATES, type Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

const RATES = {
  completed: 'completion_rate',
  refused: 'refusal_rate',
  not_reached: 'not_reached_rate',
} as const;

/** Where the contacts stand, and the calls that are live now. */
export function StatesSection({ campaign, stats }: { campaign: Campaign; stats: Stats }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rateOf = (state: string) =>
    state in RATES ? format.percent(stats[RATES[state as keyof typeof RATES]]) : undefined;
  return (
    <Section
      title={t('stats.contacts', { total: format.number(stats.total_contacts) })}
      hint={t('stats.updated', { time: format.time(stats.updated_at) })}
      aside={
        campaign.status === 'running' && (
          <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
            {t('stats.live', { count: stats.live_calls })}
          </Text>
        )
      }
    >
      <Stack>
        <StateBar counts={stats.by_state} height={12} />
        <Figures label={t('stats.by_state')}>
          {CONTACT_STATES.map((state) => (
            <Figure
              key={state}
              label={t(`contact_state.${state}`)}
              value={format.number(stats.by_state[state])}
              hint={rateOf(state)}
              color={STATE_COLOR[state]}
            />
          ))}
        </Figures>
        <Group gap="xl">
          <Text size="sm">{t('stats.attempted', { count: stats.attempted })}</Text>
          <Text size="sm">{t('stats.attempts', { count: stats.attempts_total })}</Text>
          <Text size="sm">
            {t('stats.duration', { time: format.duration(stats.average_call_duration_seconds) })}
          </Text>
          <Text size="sm">
            {t('stats.latency', { time: format.milliseconds(stats.turn_latency_p95_ms) })}
          </Text>
        </Group>
      </Stack>
    </Section>
  );
}
