import { Stack, Text, Timeline, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../components/field-list.tsx';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

/** When what happened, and how the network saw it. */
export function FactsSection({ call }: { call: Call }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const seconds =
    call.answered_at && call.ended_at ? (Date.parse(call.ended_at) - Date.parse(call.answered_at)) / 1000 : null;
  return (
    <Section title={t('call.facts')}>
      <Stack>
        <FieldList
          fields={[
            [t('call.disposition'), call.disposition ? t(`disposition.${call.disposition}`) : NOTHING],
            [t('call.duration'), format.duration(seconds)],
            [t('call.language'), t(`language.${call.language}`)],
            [t('call.provider'), call.provider_name],
            [t('call.provider_call_id'), call.provider_call_id ?? NOTHING],
            ...(call.error_code ? [[t('call.error_code'), call.error_code] as [string, string]] : []),
          ]}
        />
        {call.events.length > 0 && (
          <>
            <Title order={3}>{t('call.timeline')}</Title>
            <Timeline active={call.events.length} bulletSize={14} lineWidth={2}>
              {call.events.map((event) => (
                <Timeline.Item key={`${event.type} ${event.occurred_at}`} title={label('call_event', event.type)}>
                  <Text size="xs" c="dimmed">
                    {format.time(event.occurred_at)}
                  </Text>
                </Timeline.Item>
              ))}
            </Timeline>
          </>
        )}
      </Stack>
    </Section>
  );
}
