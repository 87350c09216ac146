import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

type Props = { answers: Call['answers']; isViewer: boolean };

/** What was answered, with the words that each answer was taken from. */
export function AnswersSection({ answers, isViewer }: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t('call.answers')}>
      {answers.length === 0 && <Text c="dimmed">{t('call.no_answers')}</Text>}
      <Stack>
        {answers.map((answer) => (
          <Answer key={answer.question} answer={answer} isViewer={isViewer} />
        ))}
      </Stack>
    </Section>
  );
}

function Answer({ answer, isViewer }: { answer: Props['answers'][number]; isViewer: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const hidden = t(isViewer ? 'call.hidden' : 'answer_status.answered');
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Title order={3}>{t('form.question', { number: answer.question })}</Title>
        {answer.confidence !== null && (
          <Text size="xs" c="dimmed">
            {t('call.sure', { share: format.percent(answer.confidence) })}
          </Text>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {answer.text}
      </Text>
      <Text fw={600}>
        {answer.status === 'answered' ? (answer.answer ?? hidden) : t(`answer_status.${answer.status}`)}
      </Text>
      {answer.words && answer.words !== answer.answer && <Text size="sm">“{answer.words}”</Text>}
    </div>
  );
}
