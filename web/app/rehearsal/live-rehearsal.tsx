import { Alert, Box, Group, Stack, Switch } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { Clock } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { Rehearsal } from '../../lib/api/model.ts';
import { useTakeTurn } from '../../lib/api/rehearsals.ts';
import classes from './dialogue.module.css';
import { Dialogue } from './dialogue.tsx';
import { RespondentControls } from './respondent-controls.tsx';
import { useReadAloud } from './use-read-aloud.ts';

/** The conversation as it goes, and the respondent's voice in it while it is not over. */
export function LiveRehearsal({ rehearsal, again }: { rehearsal: Rehearsal; again: ReactNode }) {
  const { t } = useTranslation();
  const take = useTakeTurn(rehearsal.id);
  const aloud = useReadAloud(rehearsal.agent, rehearsal.language);
  const frame = useRef<HTMLDivElement>(null);
  const isStill = useReducedMotion();
  const count = rehearsal.transcript?.length ?? 0;
  useEffect(() => {
    if (count === 0) return;
    frame.current?.scrollTo({ top: frame.current.scrollHeight, behavior: isStill ? 'auto' : 'smooth' });
  }, [count, isStill]);
  // The field that had the focus goes with the end of the call: what comes next takes it.
  const isLive = rehearsal.waiting_for !== null;
  const wasLive = useRef(isLive);
  const next = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (wasLive.current && !isLive) next.current?.querySelector('button')?.focus({ preventScroll: true });
    wasLive.current = isLive;
  }, [isLive]);
  return (
    <Stack gap="md">
      {rehearsal.transcript === null ? (
        <Alert color="gray" icon={<Clock aria-hidden />}>
          {t('rehearsal.aged')}
        </Alert>
      ) : (
        // It scrolls, so it must be reachable by keyboard; what is new in it is read out.
        <Box
          ref={frame}
          className={classes.scroll}
          role="log"
          aria-label={t('rehearsal.conversation')}
          tabIndex={0}
        >
          <Dialogue turns={rehearsal.transcript} respondent="rehearsal.you" />
        </Box>
      )}
      {take.error && <ProblemAlert error={take.error} />}
      {rehearsal.waiting_for ? (
        <RespondentControls
          rehearsal={rehearsal}
          waiting={rehearsal.waiting_for}
          isBusy={take.isPending}
          onTurn={(turn) => take.mutateAsync(turn)}
        />
      ) : (
        <Group ref={next}>{again}</Group>
      )}
      {aloud.isPossible && (
        <Switch
          label={t('rehearsal.aloud')}
          checked={aloud.isOn}
          onChange={(event) => aloud.turn(event.currentTarget.checked)}
        />
      )}
    </Stack>
  );
}
