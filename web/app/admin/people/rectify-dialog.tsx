import { Button, Group, Modal, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { type PersonContact, type Rectification, useRectify } from '../../../lib/api/admin/people.ts';
import { asProblem, splitFieldErrors } from '../../../lib/api/problem.ts';
import { changedValues } from '../settings/changed-values.ts';

const LANGUAGES = ['en', 'it', 'auto'] as const;

const valuesOf = (contact: PersonContact) => ({
  phone_number: contact.phone_number ?? '',
  email: contact.email ?? '',
  external_contact_id: contact.external_contact_id ?? '',
  preferred_language: contact.preferred_language as string,
  has_prior_consent: contact.has_prior_consent,
  do_not_call: contact.do_not_call,
});

/** Corrects what is held of a person in one campaign, or notes that they withdraw their consent or want no calls. */
export function RectifyDialog({ contact, onClose }: { contact: PersonContact; onClose(): void }) {
  const { t } = useTranslation();
  const rectify = useRectify(contact.id);
  const before = valuesOf(contact);
  const form = useForm({ initialValues: before });
  const others = rectify.isError
    ? splitFieldErrors(asProblem(rectify.error).errors, Object.keys(before)).others
    : [];
  const submit = form.onSubmit((values) => {
    const changed = changedValues(before, values) as Rectification;
    if (Object.keys(changed).length === 0) return onClose();
    rectify.mutate(changed, {
      onSuccess: () => {
        notify(t('admin.people.rectified'), 'green');
        onClose();
      },
      onError: (error) =>
        form.setErrors(splitFieldErrors(asProblem(error).errors, Object.keys(before)).fields),
    });
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('admin.people.rectify_in', { campaign: contact.campaign_name })}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextInput type="tel" label={t('contacts.number')} {...form.getInputProps('phone_number')} />
          <TextInput type="email" label={t('contact.email')} {...form.getInputProps('email')} />
          <TextInput label={t('contact.id')} {...form.getInputProps('external_contact_id')} />
          <NativeSelect
            label={t('contact.language')}
            data={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
            {...form.getInputProps('preferred_language')}
          />
          <Switch
            label={t('contact.prior_consent')}
            description={t('admin.people.consent_hint')}
            {...form.getInputProps('has_prior_consent', { type: 'checkbox' })}
          />
          {!contact.do_not_call && (
            <Switch
              label={t('admin.people.stop')}
              description={t('admin.people.stop_hint')}
              {...form.getInputProps('do_not_call', { type: 'checkbox' })}
            />
          )}
          {rectify.isError && (
            <ProblemAlert error={rectify.error} title={t('form.not_saved')} others={others} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={rectify.isPending}>
              {t('form.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
