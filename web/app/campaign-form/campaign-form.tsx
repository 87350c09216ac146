import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { type Edited, useSaveCampaign } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';
import { asProblem, splitFieldErrors } from '../../lib/api/problem.ts';
import { BasicsSection } from './basics-section.tsx';
import { EmailsSection } from './emails-section.tsx';
import { FIELDS, type FormValues, findFaults } from './form-values.ts';
import { EMPTY_SLOTS, questionsOf } from './intro-slots.ts';
import { LockedAlert } from './locked-alert.tsx';
import { QuestionsSection } from './questions-section.tsx';
import { RulesSection } from './rules-section.tsx';
import { ScriptSection } from './script-section.tsx';
import type { CampaignFormApi, Locks } from './section-props.ts';
import { TemplateSection } from './template-section.tsx';

type Props = {
  /** Null for a campaign that does not exist yet. */
  edited: Edited | null;
  initial: FormValues;
  /** What cannot be changed, because the campaign has left its draft. */
  locks: Locks;
  submit: string;
  onSaved(campaign: Campaign): void;
  onCancel(): void;
};

/** The whole campaign on one page; faults stand at their fields, the first one gets the focus. */
export function CampaignForm({ edited, initial, locks, submit, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const save = useSaveCampaign(edited);
  const [others, setOthers] = useState<string[]>([]);
  const [slots, setSlots] = useState(EMPTY_SLOTS);
  const [template, setTemplate] = useState<string | null>(null);
  const form: CampaignFormApi = useForm<FormValues>({
    mode: 'controlled',
    initialValues: initial,
    validateInputOnBlur: false,
    validate: (values) => {
      const faults = Object.entries(findFaults(values));
      return Object.fromEntries(faults.map(([field, fault]) => [field, t(`fault.${fault}`)]));
    },
    onSubmitPreventDefault: 'always',
  });
  // Whoever comes from the checklist stands at the field that mends it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens; later the focus is the reader's.
  useEffect(() => {
    const field = FIELDS.find((one) => one === window.location.hash.slice(1));
    if (field) form.getInputNode(field)?.focus();
  }, []);
  const showFaults = (errors: Record<string, unknown>) => {
    form.setErrors(errors as Record<string, string>);
    const first = FIELDS.find((field) => errors[field]);
    if (first) form.getInputNode(first)?.focus();
  };
  const submitValues = (values: FormValues) =>
    save.mutate(values, {
      onSuccess: onSaved,
      onError: (error) => {
        const split = splitFieldErrors(asProblem(error).errors, FIELDS);
        setOthers(split.others);
        showFaults(split.fields);
      },
    });
  return (
    <form noValidate onSubmit={form.onSubmit(submitValues, showFaults)}>
      <Stack gap="lg">
        {edited && locks.intro_script && <LockedAlert id={edited.id} reason={locks.intro_script} />}
        <BasicsSection form={form} locks={locks} />
        {!edited && (
          <TemplateSection
            language={form.getValues().language}
            chosen={template}
            onChoose={(chosen) => {
              form.setValues(questionsOf(chosen));
              setSlots({ ...slots, purpose: chosen.purpose, duration_minutes: chosen.duration_minutes });
              setTemplate(chosen.id);
            }}
          />
        )}
        <ScriptSection form={form} locks={locks} slots={slots} onSlots={setSlots} />
        <QuestionsSection form={form} locks={locks} />
        <RulesSection form={form} />
        <EmailsSection form={form} />
        {save.isError && <ProblemAlert error={save.error} title={t('form.not_saved')} others={others} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
