import { SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { ScriptTemplate } from '../../lib/api/model.ts';
import { useScriptTemplates } from '../../lib/api/scripts.ts';
import classes from './template-section.module.css';

type Props = { language: 'en' | 'it'; chosen: string | null; onChoose(template: ScriptTemplate): void };

/** Ready scripts to begin from; choosing one fills in the questions and what the introduction says. */
export function TemplateSection({ language, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const templates = useScriptTemplates(language);
  if (!templates.data) return null;
  return (
    <Section title={t('form.templates')} hint={t('form.templates_hint')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        {templates.data.items.map((template) => (
          <UnstyledButton
            key={template.id}
            className={classes.card}
            aria-pressed={template.id === chosen}
            onClick={() => onChoose(template)}
          >
            <Text size="sm" fw={600} lang={language}>
              {template.name}
            </Text>
            <Text size="sm" c="dimmed" lang={language}>
              {template.description}
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Section>
  );
}
