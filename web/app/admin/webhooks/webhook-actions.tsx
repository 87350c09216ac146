import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, KeyRound, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { notify } from '../../../components/notify.ts';
import {
  useDeleteWebhook,
  useSaveWebhook,
  type Webhook,
  type WebhookInput,
} from '../../../lib/api/admin/webhooks.ts';
import { SecretOnce } from './secret-once.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';

const inputOf = ({ url, description, event_types, is_active }: Webhook): WebhookInput => ({
  url,
  description,
  event_types,
  is_active,
});

/** What may be done with a receiver: switch it, change it, give it another secret, take it away. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const save = useSaveWebhook(webhook.id);
  const remove = useDeleteWebhook(webhook.id);
  const [open, setOpen] = useState<'edit' | 'rotate' | 'delete' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => {
    save.reset();
    remove.reset();
    setOpen(null);
  };
  const toggle = () =>
    save.mutate(
      { ...inputOf(webhook), is_active: !webhook.is_active },
      { onError: () => notify(t('form.not_saved'), 'red') },
    );
  return (
    <>
      <Button variant="default" loading={save.isPending && open === null} onClick={toggle}>
        {t(webhook.is_active ? 'admin.webhooks.switch_off' : 'admin.webhooks.switch_on')}
      </Button>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button variant="default" rightSection={<ChevronDown size={16} aria-hidden />}>
            {t('move.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<PencilLine size={16} aria-hidden />} onClick={() => setOpen('edit')}>
            {t('move.edit')}
          </Menu.Item>
          <Menu.Item leftSection={<KeyRound size={16} aria-hidden />} onClick={() => setOpen('rotate')}>
            {t('admin.webhooks.rotate')}
          </Menu.Item>
          <Menu.Item leftSection={<Trash2 size={16} aria-hidden />} onClick={() => setOpen('delete')}>
            {t('move.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'edit' && (
        <WebhookDialog
          webhook={webhook}
          onClose={close}
          onSaved={(saved) => {
            notify(t('form.saved'), 'green');
            setSecret(saved.new_secret ?? null);
            close();
          }}
        />
      )}
      <ConfirmDialog
        isOpen={open === 'rotate'}
        title={t('admin.webhooks.rotate_title')}
        text={t('admin.webhooks.rotate_text')}
        confirm={t('admin.webhooks.rotate')}
        isBusy={save.isPending}
        error={save.error}
        onClose={close}
        onConfirm={() =>
          save.mutate(
            { ...inputOf(webhook), rotate_secret: true },
            {
              onSuccess: (saved) => {
                setSecret(saved.new_secret ?? null);
                close();
              },
            },
          )
        }
      />
      <ConfirmDialog
        isOpen={open === 'delete'}
        title={t('admin.webhooks.delete_title')}
        text={t('admin.webhooks.delete_text', { count: webhook.deliveries.waiting })}
        confirm={t('move.delete_confirm')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onClose={close}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              notify(t('admin.webhooks.deleted'), 'green');
              void navigate({ to: '/admin/webhooks' });
            },
          })
        }
      />
      <SecretOnce secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}
