import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';
import classes from './transcript-section.module.css';

/** Every word in order: what was said on the left, how it was understood and how long the reply took on the right. */
export function TranscriptSection({
  transcript,
  isViewer,
}: {
  transcript: Call['transcript'];
  isViewer: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <Section title={t('call.transcript')}>
      {transcript.length === 0 && (
        <Text c="dimmed">{t(isViewer ? 'call.transcript_hidden' : 'call.no_transcript')}</Text>
      )}
      <ol className={classes.turns}>
        {transcript.map((turn) => (
          <li key={turn.position} className={classes.turn} data-speaker={turn.speaker}>
            <div>
              <Text size="xs" fw={600} c="dimmed">
                {t(`call.${turn.speaker}`)}
              </Text>
              <Text lang={turn.language}>{turn.text}</Text>
            </div>
            <div className={classes.understood}>
              {turn.interpretation && (
                <Text size="sm">
                  <span className={classes.quiet}>{t('call.understood')} </span>
                  {label('understood', turn.interpretation)}
                </Text>
              )}
              {turn.latency_ms !== null && (
                <Badge size="sm" variant="light" color={turn.latency_ms <= 1500 ? 'green' : 'red'} tt="none">
                  {format.milliseconds(turn.latency_ms)}
                </Badge>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}
