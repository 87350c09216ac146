import { Button, List, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BarList } from '../../components/bar-list.tsx';
import { Section } from '../../components/section.tsx';
import type { Campaign, Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

/** What people answered, question by question. */
export function AnswersSection({ campaign, stats }: { campaign: Campaign; stats: Stats }) {
  const { t } = useTranslation();
  return (
    <Section title={t('stats.answers')}>
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="xl">
        {stats.answers.map((answers, index) => (
          <Answers
            key={answers.question}
            text={questionText(campaign, index)}
            number={index + 1}
            answers={answers}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}

function questionText(campaign: Campaign, index: number): string {
  return [campaign.question_1_text, campaign.question_2_text, campaign.question_3_text][index] ?? '';
}

function Answers({
  text,
  number,
  answers,
}: {
  text: string;
  number: number;
  answers: Stats['answers'][number];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const bars = answers.distribution.slice(0, 12).map(({ value, count }) => ({
    key: String(value),
    label: String(value),
    count,
    value: format.number(count),
  }));
  return (
    <Stack gap="xs">
      <Title order={3}>{t('form.question', { number })}</Title>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <Text size="sm">
        {answers.mean === null
          ? t('stats.answer_count', { count: answers.count })
          : t('stats.answer_mean', {
              count: answers.count,
              mean: format.number(answers.mean),
              min: format.number(answers.min),
              max: format.number(answers.max),
            })}
      </Text>
      {bars.length > 0 && <BarList label={text} bars={bars} color="teal" />}
      <SaidTexts texts={answers.texts} />
    </Stack>
  );
}

const FIRST_TEXTS = 5;

/** What people said in their own words, the latest first. */
function SaidTexts({ texts }: { texts: string[] }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  if (texts.length === 0) return null;
  return (
    <>
      <List size="sm" spacing={6} listStyleType="none">
        {(isWhole ? texts : texts.slice(0, FIRST_TEXTS)).map((said, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: people may say the same.
          <List.Item key={`${index} ${said}`}>“{said}”</List.Item>
        ))}
      </List>
      {texts.length > FIRST_TEXTS && (
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? t('stats.fewer_texts') : t('stats.all_texts', { count: texts.length })}
        </Button>
      )}
    </>
  );
}
