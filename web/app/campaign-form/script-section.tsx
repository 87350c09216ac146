import { Button, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { Clock, WandSparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { introTemplate, spokenSeconds } from './intro-template.ts';
import type { SectionProps } from './section-props.ts';

const PARTS = ['organization', 'ai', 'purpose', 'duration', 'stop', 'consent'] as const;

/** The introduction, spoken word for word, with what it has to contain and a complete text to begin from. */
export function ScriptSection({ form, isLocked }: SectionProps) {
  const { t } = useTranslation();
  const { intro_script, organization_name, language } = form.getValues();
  const seconds = spokenSeconds(intro_script);
  const insert = () => {
    if (organization_name.trim() === '') {
      form.setFieldError('organization_name', t('form.organization_first'));
      form.getInputNode('organization_name')?.focus();
      return;
    }
    form.setFieldValue('intro_script', introTemplate(language, organization_name));
    form.clearFieldError('intro_script');
  };
  return (
    <Section title={t('form.script')} hint={t('form.script_hint')}>
      <Stack gap="sm">
        <List size="sm" spacing={2} c="dimmed">
          {PARTS.map((part) => (
            <List.Item key={part}>{t(`form.part_${part}`)}</List.Item>
          ))}
        </List>
        <Textarea
          withAsterisk
          label={t('form.intro_script')}
          autosize
          minRows={5}
          maxLength={3000}
          disabled={isLocked}
          {...form.getInputProps('intro_script')}
        />
        <Group justify="space-between">
          <Group gap={6} c="dimmed" mih={24}>
            {seconds > 0 && (
              <>
                <Clock size={15} aria-hidden />
                <Text size="sm">{t('form.spoken', { count: seconds })}</Text>
              </>
            )}
          </Group>
          {!isLocked && (
            <Button
              variant="light"
              size="xs"
              leftSection={<WandSparkles size={15} aria-hidden />}
              onClick={insert}
            >
              {t('form.insert_intro')}
            </Button>
          )}
        </Group>
      </Stack>
    </Section>
  );
}
