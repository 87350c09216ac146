import { Box, Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { TEMPLATE_TYPES, type TemplateInput, useSaveTemplate } from '../../../lib/api/admin/templates.ts';
import { asProblem, splitFieldErrors } from '../../../lib/api/problem.ts';
import { LetterPreview } from './letter-preview.tsx';
import classes from './template-editor.module.css';
import { TextsSection } from './texts-section.tsx';

type Props = { id: string | null; initial: TemplateInput; variables: string[] };
const FIELDS = ['name', 'type', 'locale', 'subject', 'body_html', 'body_text', 'is_default'] as const;
const PREVIEW_MS = 400;

const inputOf = (values: TemplateInput) =>
  Object.fromEntries(FIELDS.map((field) => [field, values[field]])) as TemplateInput;

/** The text of a letter at the left, the letter as a respondent gets it at the right. */
export function TemplateEditor({ id, initial, variables }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useSaveTemplate(id);
  const [others, setOthers] = useState<string[]>([]);
  const form = useForm<TemplateInput>({ initialValues: inputOf(initial) });
  const values = form.getValues();
  const [draft] = useDebouncedValue(values, PREVIEW_MS);
  const submit = form.onSubmit((entered) =>
    save.mutate(entered, {
      onSuccess: (saved) => {
        notify(t('form.saved'), 'green');
        form.resetDirty();
        if (id === null) void navigate({ to: `/admin/templates/${saved.id}` });
      },
      onError: (error) => {
        const split = splitFieldErrors(asProblem(error).errors, FIELDS);
        form.setErrors(split.fields);
        setOthers(split.others);
        const first = FIELDS.find((field) => split.fields[field]);
        if (first) form.getInputNode(first)?.focus();
      },
    }),
  );
  return (
    <form noValidate onSubmit={submit} className={classes.editor}>
      <Stack gap="lg" miw={0}>
        <Section title={t('admin.templates.about')}>
          <Stack>
            <TextInput
              label={t('admin.templates.name')}
              description={t('admin.templates.name_hint')}
              {...form.getInputProps('name')}
            />
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 1, xl: 2 }}>
              <NativeSelect
                label={t('admin.templates.type')}
                data={TEMPLATE_TYPES.map((value) => ({ value, label: t(`admin.template_type.${value}`) }))}
                {...form.getInputProps('type')}
              />
              <NativeSelect
                label={t('form.language')}
                data={(['en', 'it'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
                {...form.getInputProps('locale')}
              />
            </SimpleGrid>
            <Checkbox
              label={t('admin.templates.make_default')}
              description={t('admin.templates.make_default_hint')}
              {...form.getInputProps('is_default', { type: 'checkbox' })}
            />
          </Stack>
        </Section>
        <TextsSection form={form} variables={variables} />
        {save.isError && <ProblemAlert error={save.error} title={t('form.not_saved')} others={others} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t(id === null ? 'admin.templates.create' : 'form.save')}
          </Button>
        </Group>
      </Stack>
      <Box className={classes.preview}>
        <LetterPreview draft={draft} />
      </Box>
    </form>
  );
}
