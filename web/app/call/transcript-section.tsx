import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';
import classes from './transcript-section.module.css';

type Props = { transcript: Call['transcript']; isViewer: boolean };

/** The conversation, turn by turn; beside what people said how it was understood, beside what we said how fast. */
export function TranscriptSection({ transcript, isViewer }: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t('call.transcript')} hint={!isViewer && t('call.transcript_hint')} minHeight={280}>
      {transcript.length === 0 && (
        <Text c="dimmed">{t(isViewer ? 'call.transcript_hidden' : 'call.no_transcript')}</Text>
      )}
      <ol className={classes.turns}>
        {transcript.map((turn) => (
          <TurnItem key={turn.position} turn={turn} />
        ))}
      </ol>
    </Section>
  );
}

function TurnItem({ turn }: { turn: Call['transcript'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <li className={classes.turn} data-speaker={turn.speaker}>
      <Text size="xs" fw={600} c="dimmed">
        {t(`call.${turn.speaker}`)}
        {turn.latency_ms !== null && (
          <span title={t('call.latency_hint')}> · {format.milliseconds(turn.latency_ms)}</span>
        )}
      </Text>
      <p className={classes.words} lang={turn.language}>
        {turn.text}
      </p>
      {turn.interpretation && (
        <Text size="xs" className={classes.understood}>
          {t('call.understood')} {label('understood', turn.interpretation)}
        </Text>
      )}
    </li>
  );
}
