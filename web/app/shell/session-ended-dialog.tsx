import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery, onSessionEnded, signInHref } from '../../lib/api/session.ts';

/** Lets somebody whose session ended sign in beside the open page, so that nothing typed is lost. */
export function SessionEndedDialog() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => onSessionEnded(() => setOpen(true)), []);
  const goOn = async () => {
    const me = await queries.fetchQuery({ ...meQuery, staleTime: 0 }).catch(() => null);
    if (!me) return;
    setOpen(false);
    await queries.invalidateQueries();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={() => setOpen(false)}
      title={t('session_ended.title')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm">{t('session_ended.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void goOn()}>
            {t('session_ended.go_on')}
          </Button>
          <Button component="a" href={signInHref('/campaigns')} target="_blank" rel="noreferrer">
            {t('session_ended.sign_in')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
