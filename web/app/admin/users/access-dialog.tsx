import { Button, Group, Modal, Radio, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../components/notify.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { ROLES, type User, type UserChange, useUpdateUser } from '../../../lib/api/admin/users.ts';

type Choice = 'claim' | 'none' | (typeof ROLES)[number];

/** What an account may do: as the identity provider says, or overridden here; or nothing at all. */
export function AccessDialog({ user, onClose }: { user: User; onClose(): void }) {
  const { t } = useTranslation();
  const update = useUpdateUser();
  const before: Choice = user.role_source === 'override' ? (user.role ?? 'none') : 'claim';
  const [choice, setChoice] = useState<Choice>(before);
  const [isDisabled, setDisabled] = useState(user.disabled_at !== null);
  const save = () => {
    const change: UserChange = {
      ...(choice !== before && changeOf(choice)),
      ...(isDisabled !== (user.disabled_at !== null) && { disabled: isDisabled }),
    };
    if (Object.keys(change).length === 0) return onClose();
    update.mutate(
      { id: user.id, ...change },
      {
        onSuccess: () => {
          notify(t('admin.users.changed', { name: user.name }), 'green');
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('admin.users.access_of', { name: user.name })}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Radio.Group
          label={t('admin.users.role')}
          value={choice}
          onChange={(value) => setChoice(value as Choice)}
        >
          <Stack gap="sm" mt="xs">
            {(['claim', ...ROLES, 'none'] as const).map((one) => (
              <Radio
                key={one}
                value={one}
                label={t(one === 'claim' ? 'admin.users.by_claim' : `role.${one}`)}
                description={t(`admin.role_hint.${one}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Switch
          label={t('admin.users.disable')}
          description={t('admin.users.disable_hint')}
          checked={isDisabled}
          onChange={(event) => setDisabled(event.currentTarget.checked)}
        />
        <Text size="sm" c="dimmed">
          {t('admin.users.counts_at_once')}
        </Text>
        {update.isError && <ProblemAlert error={update.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button loading={update.isPending} onClick={save}>
            {t('form.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function changeOf(choice: Choice): UserChange {
  if (choice === 'claim') return { role_source: 'claim' };
  return { role: choice === 'none' ? null : choice };
}
