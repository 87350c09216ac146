import { Text } from '@mantine/core';
import { CircleSlash, PhoneOff, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SpokenTurn } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';
import classes from './dialogue.module.css';

const DONE = { silence: VolumeX, hung_up: PhoneOff, machine_detected: CircleSlash };
type Props = { turns: SpokenTurn[]; respondent: 'rehearsal.you' | 'rehearsal.respondent' };

/** A conversation as a dialogue: how long the agent speaks, and how each turn of the other was understood. */
export function Dialogue({ turns, respondent }: Props) {
  const { t } = useTranslation();
  return (
    <ol className={classes.turns} aria-label={t('rehearsal.conversation')}>
      {turns.map((turn) =>
        turn.done === 'said' ? (
          <Said key={turn.position} turn={turn} respondent={respondent} />
        ) : (
          <Done key={turn.position} done={turn.done} />
        ),
      )}
    </ol>
  );
}

function Said({ turn, respondent }: { turn: SpokenTurn; respondent: Props['respondent'] }) {
  const { t } = useTranslation();
  const isAgent = turn.speaker === 'agent';
  const facts = [
    t(isAgent ? 'rehearsal.agent' : respondent),
    ...(turn.spoken_seconds === null ? [] : [t('rehearsal.seconds', { count: turn.spoken_seconds })]),
    ...(turn.verbatim ? [t('rehearsal.verbatim')] : []),
  ];
  return (
    <li className={classes.turn} data-speaker={turn.speaker}>
      <Text size="xs" fw={600} c="dimmed">
        {facts.join(' · ')}
      </Text>
      <p className={classes.words} lang={turn.language} data-verbatim={turn.verbatim || undefined}>
        {turn.text}
      </p>
      {turn.interpretation && <Understood turn={turn} />}
    </li>
  );
}

function Understood({ turn }: { turn: SpokenTurn }) {
  const { t } = useTranslation();
  const label = useLabel()('understood', turn.interpretation ?? '');
  const format = useFormat();
  return (
    <Text size="xs" className={classes.understood}>
      {/* What was not understood has no certainty to speak of. */}
      {!turn.confidence
        ? t('rehearsal.understood', { label })
        : t('rehearsal.understood_sure', { label, share: format.percent(turn.confidence) })}
    </Text>
  );
}

function Done({ done }: { done: keyof typeof DONE }) {
  const { t } = useTranslation();
  const Icon = DONE[done];
  return (
    <li className={classes.done}>
      <Icon size={14} aria-hidden />
      {t(`rehearsal.did_${done}`)}
    </li>
  );
}
