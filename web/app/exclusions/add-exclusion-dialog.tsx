import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { notify } from '../../components/notify.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useCampaigns } from '../../lib/api/campaigns.ts';
import { useAddExclusion } from '../../lib/api/exclusions.ts';
import { asProblem, splitFieldErrors } from '../../lib/api/problem.ts';
import { countryOptions } from '../contacts/countries.ts';

const FIELDS = ['phone_number', 'default_country', 'campaign_id', 'reason'];

/** Puts one number on the list, everywhere or for one campaign; it counts from this moment, in live calls too. */
export function AddExclusionDialog({ onClose }: { onClose(): void }) {
  const { t, i18n } = useTranslation();
  const add = useAddExclusion();
  const campaigns = useCampaigns({ page: 1, page_size: 200 });
  const form = useForm({
    initialValues: {
      phone_number: '',
      default_country: i18n.language === 'it' ? 'IT' : (null as string | null),
      campaign_id: null as string | null,
      reason: '',
    },
  });
  const submit = form.onSubmit(({ phone_number, default_country, campaign_id, reason }) => {
    if (phone_number.trim() === '') return form.setFieldError('phone_number', t('fault.required'));
    add.mutate(
      {
        phone_number,
        campaign_id,
        reason: reason.trim() || null,
        ...(default_country && { default_country }),
      },
      {
        onSuccess: ({ isNew }) => {
          notify(t(isNew ? 'exclusions.added' : 'exclusions.was_there'), 'green');
          onClose();
        },
        onError: (error) => form.setErrors(splitFieldErrors(asProblem(error).errors, FIELDS).fields),
      },
    );
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('exclusions.add')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextInput
            type="tel"
            label={t('contacts.number')}
            description={t('exclusions.number_hint')}
            autoComplete="off"
            data-autofocus
            {...form.getInputProps('phone_number')}
          />
          <Select
            label={t('contacts.country')}
            placeholder={t('contacts.no_country')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            data={countryOptions(i18n.language)}
            {...form.getInputProps('default_country')}
          />
          <Select
            label={t('exclusions.where')}
            placeholder={t('exclusions.everywhere')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            data={(campaigns.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('campaign_id')}
          />
          <Textarea
            label={t('admin.reason')}
            description={t('exclusions.reason_hint')}
            autosize
            minRows={2}
            maxLength={500}
            {...form.getInputProps('reason')}
          />
          {add.isError && Object.keys(form.errors).length === 0 && <ProblemAlert error={add.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('exclusions.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
