import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

/** The answers that were taken down, each with the words it was taken from. */
export function AnswersSection({ call }: { call: Call }) {
  const { t } = useTranslation();
  return (
    <Section title={t('call.answers')}>
      {call.answers.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('call.no_answers')}
        </Text>
      )}
      <Stack>
        {call.answers.map((answer) => (
          <Answer key={answer.question} answer={answer} language={call.language} />
        ))}
      </Stack>
    </Section>
  );
}

function Answer({ answer, language }: { answer: Call['answers'][number]; language: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {t('form.question', { number: answer.question })}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`question_type.${answer.type}`)}
          {answer.confidence !== null && ` · ${t('call.sure', { share: format.percent(answer.confidence) })}`}
        </Text>
      </Group>
      <Text size="lg" fw={600} lang={language}>
        {answer.answer ?? t(`answer_status.${answer.status}`)}
      </Text>
      {answer.words && (
        <Text size="sm" c="dimmed">
          {t('call.said')} <q lang={language}>{answer.words}</q>
        </Text>
      )}
    </div>
  );
}
