import { Alert, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { Ban, CalendarClock, CircleDashed, PhoneCall, ShieldCheck, ShieldX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { OutcomeBadge } from '../../components/status-badge.tsx';
import type { Campaign, Rehearsal } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';
import classes from './dialogue.module.css';

const CONSENT = {
  open: ['gray', CircleDashed],
  granted: ['green', ShieldCheck],
  refused: ['orange', ShieldX],
} as const;
const QUESTIONS = [1, 2, 3] as const;

/** The consent verdict, the answers and the outcome, as they stand after each turn. */
export function VerdictSection({ rehearsal, campaign }: { rehearsal: Rehearsal; campaign: Campaign }) {
  const { t } = useTranslation();
  return (
    <Section title={t('rehearsal.verdict')} hint={t('rehearsal.verdict_hint')}>
      <Stack gap="lg">
        {/* Over its time, only how it ended is left. */}
        {rehearsal.transcript !== null && (
          <>
            <Consent consent={rehearsal.consent} />
            <div>
              <Title order={3} mb={4}>
                {t('rehearsal.answers')}
              </Title>
              {QUESTIONS.map((number) => (
                <Answer key={number} number={number} rehearsal={rehearsal} campaign={campaign} />
              ))}
            </div>
          </>
        )}
        <Outcome rehearsal={rehearsal} />
      </Stack>
    </Section>
  );
}

function Consent({ consent }: Pick<Rehearsal, 'consent'>) {
  const { t } = useTranslation();
  const verdict = consent?.decision ?? 'open';
  const [color, Icon] = CONSENT[verdict];
  return (
    <div>
      <Group justify="space-between">
        <Title order={3}>{t('rehearsal.consent')}</Title>
        <Badge color={color} variant="light" tt="none" size="lg" leftSection={<Icon size={14} aria-hidden />}>
          {t(`rehearsal.consent_${verdict}`)}
        </Badge>
      </Group>
      {consent && (
        <>
          <Text size="sm" mt={4}>
            “{consent.words}”
          </Text>
          <Text size="xs" c="dimmed">
            {t('rehearsal.decided_by', { rule: consent.decided_by })}
          </Text>
        </>
      )}
    </div>
  );
}

type Question = { number: (typeof QUESTIONS)[number]; rehearsal: Rehearsal; campaign: Campaign };

function Answer({ number, rehearsal, campaign }: Question) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = rehearsal.answers.find(({ question }) => question === number);
  const missing = rehearsal.ended_at === null ? 'rehearsal.not_asked' : 'rehearsal.never_asked';
  return (
    <div className={classes.answer}>
      <Text size="sm" c="dimmed" lang={rehearsal.language}>
        {number}. {answer?.text ?? questionOf(campaign, rehearsal, number)}
      </Text>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
        <Text fw={answer ? 600 : 400} c={answer ? undefined : 'dimmed'} style={{ overflowWrap: 'anywhere' }}>
          {answer ? (answer.answer ?? t(`answer_status.${answer.status}`)) : t(missing)}
        </Text>
        {answer && answer.confidence !== null && (
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {t('rehearsal.sure', { share: format.percent(answer.confidence) })}
          </Text>
        )}
      </Group>
      {answer && answer.confidence !== null && (
        <div className={classes.bar} aria-hidden>
          <span style={{ width: `${Math.round(answer.confidence * 100)}%` }} />
        </div>
      )}
      {answer?.words && answer.words !== answer.answer && <Text size="sm">“{answer.words}”</Text>}
    </div>
  );
}

// What is not asked yet stands in the campaign, as long as that still has this wording.
function questionOf(campaign: Campaign, { language, is_current }: Rehearsal, number: Question['number']) {
  if (!is_current) return '…';
  const texts = language === campaign.language ? campaign : campaign.translations[language];
  return texts?.[`question_${number}_text`] ?? '…';
}

function Outcome({ rehearsal }: { rehearsal: Rehearsal }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { outcome, disposition, aapor, answers_fate, opt_out } = rehearsal;
  const callback = useCallbackText(rehearsal);
  return (
    <div aria-live="polite">
      <Group justify="space-between">
        <Title order={3}>{t('rehearsal.outcome')}</Title>
        {outcome && <OutcomeBadge outcome={outcome} />}
      </Group>
      {disposition === null ? (
        <Group gap={6} mt={4} c="dimmed">
          <PhoneCall size={15} aria-hidden />
          <Text size="sm">{t('rehearsal.outcome_open')}</Text>
        </Group>
      ) : (
        <Stack gap={6} mt={6}>
          <Text fw={600}>
            {label('disposition', disposition)}{' '}
            <Text component="span" size="sm" c="dimmed" fw={400}>
              {t('rehearsal.aapor', { code: aapor })}
            </Text>
          </Text>
          {answers_fate && <Text size="sm">{t(`rehearsal.${answers_fate}`)}</Text>}
          {opt_out && (
            <Alert color="orange" icon={<Ban aria-hidden />} p="xs">
              {t('rehearsal.opt_out')}
            </Alert>
          )}
          {callback && (
            <Alert color="indigo" icon={<CalendarClock aria-hidden />} p="xs">
              {callback}
            </Alert>
          )}
        </Stack>
      )}
    </div>
  );
}

function useCallbackText({ disposition, callback_at_minutes: minutes }: Rehearsal): string | null {
  const { t } = useTranslation();
  if (disposition !== 'callback_requested') return null;
  if (minutes === null) return t('rehearsal.callback_any');
  const time =
    minutes >= 60
      ? t('rehearsal.hours', { count: Math.round(minutes / 60) })
      : t('rehearsal.minutes', { count: minutes });
  return t('rehearsal.callback_in', { time });
}
