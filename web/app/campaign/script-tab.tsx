import { Blockquote, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../components/field-list.tsx';
import { Section } from '../../components/section.tsx';
import type { Campaign } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useWindowText } from './use-window-text.ts';

const QUESTIONS = [1, 2, 3] as const;

/** What is said word for word, and by which rules people are called. */
export function ScriptTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const windowText = useWindowText(campaign);
  const format = useFormat();
  const { approved_by_name: name, approved_at, reason } = campaign.approval ?? {};
  const approval = approved_at
    ? t('approval.given', { name, at: format.dateTime(approved_at), reason })
    : t('approval.missing');
  const seconds = campaign.spoken_seconds[campaign.language]?.total ?? 0;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Section
        title={t('script.spoken')}
        hint={`${t('script.version', { version: campaign.script_version })} · ${t('form.spoken_total', { count: seconds })}`}
      >
        <Stack>
          <Blockquote p="md" lang={campaign.language}>
            {campaign.intro_script}
          </Blockquote>
          {QUESTIONS.map((number) => (
            <div key={number}>
              <Title order={3}>{t('form.question', { number })}</Title>
              <Text size="sm" mt={4} lang={campaign.language}>
                {campaign[`question_${number}_text`]}
              </Text>
              <Text size="sm" c="dimmed">
                {t(`question_type.${campaign[`question_${number}_type`]}`)}
                {campaign[`question_${number}_type`] === 'scale' &&
                  ` (${campaign[`question_${number}_scale_min`]}–${campaign[`question_${number}_scale_max`]})`}
              </Text>
            </div>
          ))}
        </Stack>
      </Section>
      <Section title={t('form.rules')}>
        <FieldList
          fields={[
            [t('move.hours'), windowText],
            [
              t('move.attempts'),
              t('move.attempts_text', {
                count: campaign.max_attempts,
                minutes: campaign.retry_interval_minutes,
              }),
            ],
            [t('form.time_zone'), campaign.time_zone ?? t('form.time_zone_none')],
            [t('form.topic'), t(`topic.${campaign.topic}`)],
            ...(campaign.topic === 'general' ? [] : [[t('approval.state'), approval] as [string, string]]),
            [t('form.description'), campaign.description || '–'],
          ]}
        />
      </Section>
    </SimpleGrid>
  );
}
