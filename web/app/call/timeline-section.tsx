import { Badge, Group, Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

/** What the provider told of this call, in the order in which it happened. */
export function TimelineSection({ events }: { events: Call['events'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <Section title={t('call.timeline')}>
      {events.length === 0 && <Text c="dimmed">{t('call.no_events')}</Text>}
      <Timeline active={events.length} bulletSize={14} lineWidth={2}>
        {events.map((event) => (
          <Timeline.Item
            key={`${event.type}-${event.occurred_at}`}
            title={
              <Group gap="xs">
                <Text fw={600} size="sm">
                  {label('call_event', event.type)}
                </Text>
                {event.is_anomaly && (
                  <Badge size="sm" color="orange" variant="light" tt="none">
                    {t('call.anomaly')}
                  </Badge>
                )}
              </Group>
            }
          >
            <Text size="xs" c="dimmed">
              {format.time(event.occurred_at)}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Section>
  );
}
