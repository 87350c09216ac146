import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';

/** What was answered, with the words that each answer was taken from. */
export function AnswersSection({ answers, isViewer }: { answers: Call['answers']; isViewer: boolean }) {
  const { t } = useTranslation();
  return (
    <Section title={t('call.answers')}>
      {answers.length === 0 && <Text c="dimmed">{t('call.no_answers')}</Text>}
      <Stack>
        {answers.map((one) => (
          <div key={one.question}>
            <Title order={3}>{t('form.question', { number: one.question })}</Title>
            <Text size="sm" c="dimmed">
              {one.text}
            </Text>
            <Text fw={600}>
              {one.status !== 'answered'
                ? t(`answer_status.${one.status}`)
                : (one.answer ?? t(isViewer ? 'call.hidden' : 'answer_status.answered'))}
            </Text>
            {one.words && one.words !== one.answer && <Text size="sm">“{one.words}”</Text>}
          </div>
        ))}
      </Stack>
    </Section>
  );
}
