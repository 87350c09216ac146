import { Alert, Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Lock } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useSaveCampaign } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';
import { asProblem, splitFieldErrors } from '../../lib/api/problem.ts';
import { BasicsSection } from './basics-section.tsx';
import { EmailsSection } from './emails-section.tsx';
import { FIELDS, type FormValues, findFaults } from './form-values.ts';
import { QuestionsSection } from './questions-section.tsx';
import { RulesSection } from './rules-section.tsx';
import { ScriptSection } from './script-section.tsx';
import type { CampaignFormApi } from './section-props.ts';

type Props = {
  /** Null for a campaign that does not exist yet. */
  id: string | null;
  initial: FormValues;
  /** Wording, types and language are fixed: the campaign has left its draft. */
  isLocked: boolean;
  submit: string;
  onSaved(campaign: Campaign): void;
  onCancel(): void;
};

/** The whole campaign on one page; faults stand at their fields, the first one gets the focus. */
export function CampaignForm({ id, initial, isLocked, submit, onSaved, onCancel }: Props) {
  const { t } = useTranslation();
  const save = useSaveCampaign(id);
  const [others, setOthers] = useState<string[]>([]);
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
        {isLocked && (
          <Alert icon={<Lock aria-hidden />} title={t('form.locked')}>
            {t('form.locked_text')}
          </Alert>
        )}
        <BasicsSection form={form} isLocked={isLocked} />
        <ScriptSection form={form} isLocked={isLocked} />
        <QuestionsSection form={form} isLocked={isLocked} />
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
