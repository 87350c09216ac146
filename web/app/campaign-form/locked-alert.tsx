import { Alert, Button, Group, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Copy, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../components/notify.ts';
import { useMoveCampaign } from '../../lib/api/campaigns.ts';
import { asProblem } from '../../lib/api/problem.ts';

/** Says that the wording is fixed, and offers the way out: a copy, in which everything can be changed. */
export function LockedAlert({ id, reason }: { id: string; reason: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { mutate, isPending } = useMoveCampaign(id);
  const duplicate = () =>
    mutate(
      { move: 'duplicate' },
      {
        onSuccess: (copy) => void navigate({ to: '/campaigns/$id/edit', params: { id: copy.id } }),
        onError: (error) => notify(asProblem(error).message || t('error.unreachable'), 'red'),
      },
    );
  return (
    <Alert icon={<Lock aria-hidden />} title={t('form.locked')}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 320px">
          {reason}
        </Text>
        <Button
          variant="default"
          size="xs"
          loading={isPending}
          leftSection={<Copy size={15} aria-hidden />}
          onClick={duplicate}
        >
          {t('move.duplicate')}
        </Button>
      </Group>
    </Alert>
  );
}
