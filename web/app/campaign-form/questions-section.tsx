import { Fieldset, Group, NumberInput, Select, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Campaign } from '../../lib/api/model.ts';
import { boundsFor, QUESTIONS, type QuestionNumber } from './form-values.ts';
import { LOCKED, type SectionProps } from './section-props.ts';

const TYPES = ['scale', 'numeric', 'free_text'] as const;

/** The three questions, each with the kind of answer it wants. */
export function QuestionsSection({ form, locks }: SectionProps) {
  const { t } = useTranslation();
  return (
    <Section title={t('form.questions')} hint={t('form.questions_hint')}>
      <Stack>
        {QUESTIONS.map((number) => (
          <Question key={number} number={number} form={form} locks={locks} />
        ))}
      </Stack>
    </Section>
  );
}

function Question({ number, form, locks }: SectionProps & { number: QuestionNumber }) {
  const { t } = useTranslation();
  const reason = locks[`question_${number}_text`];
  const lock = reason === undefined ? {} : LOCKED;
  const type = form.getValues()[`question_${number}_type`];
  const changeType = (next: string | null) => {
    const { min, max } = boundsFor(next as Campaign['question_1_type']);
    form.setValues({
      [`question_${number}_type`]: next,
      [`question_${number}_scale_min`]: min,
      [`question_${number}_scale_max`]: max,
    });
  };
  return (
    <Fieldset legend={t('form.question', { number })}>
      <Stack gap="sm">
        {reason !== undefined && (
          <Text size="sm" c="dimmed">
            {reason}
          </Text>
        )}
        <Textarea
          withAsterisk
          label={t('form.question_text')}
          placeholder={t(`form.question_${number}_example`)}
          autosize
          minRows={2}
          maxLength={1000}
          {...lock}
          {...form.getInputProps(`question_${number}_text`)}
        />
        <Group align="flex-start">
          <Select
            label={t('form.question_type')}
            allowDeselect={false}
            {...lock}
            data={TYPES.map((value) => ({ value, label: t(`question_type.${value}`) }))}
            {...form.getInputProps(`question_${number}_type`)}
            onChange={changeType}
            w={{ base: '100%', xs: 260 }}
          />
          {type === 'scale' && (
            <>
              <NumberInput
                label={t('form.scale_min')}
                min={0}
                max={100}
                allowDecimal={false}
                {...lock}
                w={110}
                {...form.getInputProps(`question_${number}_scale_min`)}
              />
              <NumberInput
                label={t('form.scale_max')}
                min={0}
                max={100}
                allowDecimal={false}
                {...lock}
                w={110}
                {...form.getInputProps(`question_${number}_scale_max`)}
              />
            </>
          )}
        </Group>
      </Stack>
    </Fieldset>
  );
}
