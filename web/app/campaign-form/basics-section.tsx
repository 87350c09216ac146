import { Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { LANGUAGES } from '../../lib/i18n/i18n.ts';
import { lockOf, type SectionProps } from './section-props.ts';

const TOPICS = ['general', 'health', 'politics', 'religion', 'finance', 'other_sensitive'] as const;

/** What the campaign is called, for whom it calls and in which language. */
export function BasicsSection({ form, locks }: SectionProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('form.basics')}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            withAsterisk
            label={t('form.name')}
            description={t('form.name_hint')}
            maxLength={200}
            {...form.getInputProps('name')}
          />
          <TextInput
            withAsterisk
            label={t('form.organization_name')}
            description={t('form.organization_name_hint')}
            maxLength={200}
            {...lockOf(locks, 'organization_name')}
            {...form.getInputProps('organization_name')}
          />
          <Select
            label={t('form.language')}
            description={t('form.language_hint')}
            allowDeselect={false}
            {...lockOf(locks, 'language')}
            data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
            {...form.getInputProps('language')}
          />
          <Select
            label={t('form.topic')}
            description={t('form.topic_hint')}
            allowDeselect={false}
            {...lockOf(locks, 'topic')}
            data={TOPICS.map((value) => ({ value, label: t(`topic.${value}`) }))}
            {...form.getInputProps('topic')}
          />
        </SimpleGrid>
        <Textarea label={t('form.description')} autosize minRows={2} {...form.getInputProps('description')} />
      </Stack>
    </Section>
  );
}
