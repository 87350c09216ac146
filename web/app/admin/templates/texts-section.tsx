import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../components/section.tsx';
import type { TemplateInput } from '../../../lib/api/admin/templates.ts';
import { insertAt } from './insert-at.ts';
import classes from './template-editor.module.css';

const TEXTS = ['subject', 'body_html', 'body_text'] as const;
type TextField = (typeof TEXTS)[number];
type Cursor = { field: TextField; node: HTMLInputElement | HTMLTextAreaElement };
type Props = { form: UseFormReturnType<TemplateInput>; variables: string[] };

/** The three texts of a letter; a variable is put in where the cursor stood last. */
export function TextsSection({ form, variables }: Props) {
  const { t } = useTranslation();
  const cursor = useRef<Cursor | null>(null);
  const inputProps = (field: TextField) => {
    const props = form.getInputProps(field);
    return {
      ...props,
      onFocus: (event: { currentTarget: Cursor['node'] }) => {
        props.onFocus?.(event);
        cursor.current = { field, node: event.currentTarget };
      },
    };
  };
  const insert = (name: string) => {
    const at = cursor.current;
    const field = at?.field ?? 'body_html';
    const node = at?.node ?? form.getInputNode('body_html');
    const text = String(form.getValues()[field] ?? '');
    const isArea = node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement;
    const position = isArea ? (node.selectionStart ?? text.length) : text.length;
    const done = insertAt(text, position, `{{ ${name} }}`);
    form.setFieldValue(field, done.text);
    if (isArea) {
      // The field gets its new text first; then the cursor stands behind the variable.
      requestAnimationFrame(() => {
        node.focus();
        node.setSelectionRange(done.cursor, done.cursor);
      });
    }
  };
  return (
    <Section title={t('admin.templates.texts')}>
      <Stack>
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <Text component="legend" size="sm" fw={500} mb={6} p={0}>
            {t('admin.templates.variables')}
          </Text>
          <Group gap={6}>
            {variables.map((name) => (
              <Button
                key={name}
                size="compact-sm"
                variant="default"
                leftSection={<Plus size={13} aria-hidden />}
                aria-label={t('admin.templates.insert', { name })}
                onClick={() => insert(name)}
              >
                {name}
              </Button>
            ))}
          </Group>
        </fieldset>
        <TextInput label={t('admin.templates.subject')} {...inputProps('subject')} />
        <Textarea
          label={t('admin.templates.body_html')}
          description={t('admin.templates.body_html_hint')}
          autosize
          minRows={8}
          maxRows={20}
          spellCheck={false}
          classNames={{ wrapper: classes.code }}
          {...inputProps('body_html')}
        />
        <Textarea
          label={t('admin.templates.body_text')}
          description={t('admin.templates.body_text_hint')}
          autosize
          minRows={4}
          maxRows={14}
          {...inputProps('body_text')}
        />
      </Stack>
    </Section>
  );
}
