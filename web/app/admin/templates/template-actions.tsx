import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { CircleCheck, Send, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { type Template, useDeleteTemplate, useSendTest } from '../../../lib/api/admin/templates.ts';
import { useMe } from '../../../lib/api/session.ts';

/** What may be done with a template that is stored: send it to oneself, take it away. */
export function TemplateActions({ template }: { template: Template }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useDeleteTemplate(template.id);
  const [open, setOpen] = useState<'test' | 'delete' | null>(null);
  return (
    <>
      <Button variant="default" leftSection={<Send size={16} aria-hidden />} onClick={() => setOpen('test')}>
        {t('admin.templates.send_test')}
      </Button>
      <Button
        variant="default"
        leftSection={<Trash2 size={16} aria-hidden />}
        onClick={() => setOpen('delete')}
      >
        {t('move.delete')}
      </Button>
      {open === 'test' && <TestDialog template={template} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        isOpen={open === 'delete'}
        title={t('move.delete_title', { name: template.name })}
        text={t('admin.templates.delete_text')}
        confirm={t('move.delete_confirm')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onClose={() => {
          remove.reset();
          setOpen(null);
        }}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              notify(t('admin.templates.deleted'), 'green');
              void navigate({ to: '/admin/templates' });
            },
          })
        }
      />
    </>
  );
}

function TestDialog({ template, onClose }: { template: Template; onClose(): void }) {
  const { t } = useTranslation();
  const me = useMe();
  const send = useSendTest(template.id);
  const [to, setTo] = useState(me.data?.email ?? '');
  const isSent = send.data?.status === 'sent';
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('admin.templates.send_test')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm">{t('admin.templates.test_text')}</Text>
        <TextInput
          type="email"
          label={t('admin.templates.test_to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          data-autofocus
        />
        {send.isError && <ProblemAlert error={send.error} />}
        {send.data && (
          <Alert
            role="status"
            color={isSent ? 'green' : 'orange'}
            icon={isSent ? <CircleCheck aria-hidden /> : <TriangleAlert aria-hidden />}
            title={t(`admin.test_letter.${send.data.status}`, { to: send.data.to })}
          >
            {send.data.error_message ?? send.data.provider_message_id}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.close')}
          </Button>
          <Button loading={send.isPending} onClick={() => send.mutate(to.trim() || null)}>
            {t('admin.templates.send')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
