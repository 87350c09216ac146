import { Button, Checkbox, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { EVENT_TYPES, useSaveWebhook, type Webhook } from '../../../lib/api/admin/webhooks.ts';
import { asProblem, splitFieldErrors } from '../../../lib/api/problem.ts';

type Props = { webhook: Webhook | null; onClose(): void; onSaved(saved: Webhook): void };

const FIELDS = ['url', 'description', 'event_types', 'is_active', 'secret'] as const;

/** Where events go, which ones, and with whose secret they are signed. */
export function WebhookDialog({ webhook, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const save = useSaveWebhook(webhook?.id ?? null);
  const [others, setOthers] = useState<string[]>([]);
  const form = useForm({
    initialValues: {
      url: webhook?.url ?? '',
      description: webhook?.description ?? '',
      event_types: [...(webhook?.event_types ?? EVENT_TYPES)],
      is_active: webhook?.is_active ?? true,
      secret: '',
    },
  });
  const submit = form.onSubmit(({ secret, ...values }) =>
    save.mutate(
      { ...values, ...(secret.trim() !== '' && { secret: secret.trim() }) },
      {
        onSuccess: onSaved,
        onError: (error) => {
          const problem = asProblem(error);
          // Refused as a place to send to: it is the address that has to change.
          const refused = problem.code === 'webhook.address_refused' ? { url: problem.message } : {};
          const split = splitFieldErrors(problem.errors, FIELDS);
          form.setErrors({ ...refused, ...split.fields });
          setOthers(split.others);
        },
      },
    ),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(webhook ? 'admin.webhooks.edit' : 'admin.webhooks.add')}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack>
          <TextInput
            type="url"
            label={t('admin.webhooks.url')}
            description={t('admin.webhooks.url_hint')}
            placeholder="https://…"
            data-autofocus
            {...form.getInputProps('url')}
          />
          <TextInput label={t('admin.webhooks.description')} {...form.getInputProps('description')} />
          <Checkbox.Group label={t('admin.webhooks.events')} {...form.getInputProps('event_types')}>
            <Stack gap="xs" mt={6}>
              {EVENT_TYPES.map((type) => (
                <Checkbox
                  key={type}
                  value={type}
                  label={t(`admin.event.${type.replace('survey.', '') as 'completed'}`)}
                  description={type}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            label={t('admin.webhooks.own_secret')}
            description={t('admin.webhooks.own_secret_hint')}
            placeholder="whsec_…"
            autoComplete="off"
            {...form.getInputProps('secret')}
          />
          <Switch
            label={t('admin.webhooks.is_active')}
            {...form.getInputProps('is_active', { type: 'checkbox' })}
          />
          {save.isError && <ProblemAlert error={save.error} title={t('form.not_saved')} others={others} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(webhook ? 'form.save' : 'admin.webhooks.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
