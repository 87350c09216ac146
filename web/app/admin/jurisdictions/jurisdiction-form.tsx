import { Button, Group, Radio, Stack, Switch, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { type Jurisdiction, useSaveJurisdiction } from '../../../lib/api/admin/jurisdictions.ts';
import { asProblem, splitFieldErrors } from '../../../lib/api/problem.ts';
import { HoursSection } from './hours-section.tsx';
import { inputOf, valuesOf } from './jurisdiction-values.ts';
import { RegisterSection } from './register-section.tsx';

type Props = { country: string; profile: Jurisdiction; onSaved(): void };

/** A country's profile; no change is taken without the reason why. */
export function JurisdictionForm({ country, profile, onSaved }: Props) {
  const { t } = useTranslation();
  const save = useSaveJurisdiction(country);
  const [others, setOthers] = useState<string[]>([]);
  const form = useForm({ initialValues: { ...valuesOf(profile), reason: '' } });
  const submit = form.onSubmit(({ reason, ...values }) => {
    if (reason.trim() === '') {
      form.setFieldError('reason', t('fault.required'));
      form.getInputNode('reason')?.focus();
      return;
    }
    save.mutate(inputOf(profile, values, reason), {
      onSuccess: () => {
        notify(t('form.saved'), 'green');
        onSaved();
      },
      onError: (error) => {
        const split = splitFieldErrors(asProblem(error).errors, Object.keys(form.getValues()));
        form.setErrors(split.fields);
        setOthers(split.others);
      },
    });
  });
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <Section title={t('admin.law.mode')}>
          <Radio.Group aria-label={t('admin.law.mode')} {...form.getInputProps('mode')}>
            <Stack gap="sm">
              {(['advise', 'enforce'] as const).map((mode) => (
                <Radio
                  key={mode}
                  value={mode}
                  label={t(`admin.law_mode.${mode}`)}
                  description={t(`admin.law_mode_hint.${mode}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Switch
            mt="lg"
            label={t('admin.law.prior_consent')}
            description={t('admin.law.prior_consent_hint')}
            {...form.getInputProps('prior_consent_needed', { type: 'checkbox' })}
          />
        </Section>
        <HoursSection form={form} />
        <RegisterSection form={form} />
        <Section title={t('admin.reason')}>
          <Textarea
            aria-label={t('admin.reason')}
            description={t('admin.reason_hint')}
            autosize
            minRows={2}
            maxLength={1_000}
            {...form.getInputProps('reason')}
          />
        </Section>
        {save.isError && <ProblemAlert error={save.error} title={t('form.not_saved')} others={others} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onSaved}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('form.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
