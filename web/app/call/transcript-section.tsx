import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { readInterpretation } from './read-interpretation.ts';
import classes from './transcript-section.module.css';
import { useUnderstood } from './use-understood.ts';

type Turn = Call['transcript'][number];

/** The conversation, turn by turn, and beside what people said how it was understood and how fast we answered. */
export function TranscriptSection({ call, maySeeWords }: { call: Call; maySeeWords: boolean }) {
  const { t } = useTranslation();
  return (
    <Section title={t('call.transcript')} hint={t('call.transcript_hint')} minHeight={320}>
      {call.transcript.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(maySeeWords ? 'call.no_words' : 'call.hidden_words')}
        </Text>
      ) : (
        <ol className={classes.turns}>
          {call.transcript.map((turn) => (
            <TurnItem key={turn.position} turn={turn} />
          ))}
        </ol>
      )}
    </Section>
  );
}

function TurnItem({ turn }: { turn: Turn }) {
  const { t } = useTranslation();
  const format = useFormat();
  const understood = useUnderstood(readInterpretation(turn.interpretation));
  return (
    <li className={classes.turn} data-speaker={turn.speaker}>
      <Text size="xs" fw={600} c="dimmed">
        {t(`speaker.${turn.speaker}`)}
        {turn.latency_ms !== null && (
          <span title={t('call.latency_hint')}>
            {' · '}
            {t('call.latency', { time: format.milliseconds(turn.latency_ms) })}
          </span>
        )}
      </Text>
      <p className={classes.words} lang={turn.language}>
        {turn.text}
      </p>
      {understood && (
        <Text size="xs" className={classes.understood}>
          {understood}
        </Text>
      )}
    </li>
  );
}
