import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';

type Props = {
  isOpen: boolean;
  title: string;
  /** What will happen, in numbers where there are any. */
  text: ReactNode;
  confirm: string;
  isDangerous?: boolean;
  isBusy: boolean;
  error: unknown;
  onConfirm(): void;
  onClose(): void;
};

/** Asks before something that reaches people outside; the button names the deed, and a refusal is shown in place. */
export function ConfirmDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        {typeof props.text === 'string' ? <Text size="sm">{props.text}</Text> : props.text}
        {props.error !== null && <ProblemAlert error={props.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('action.back')}
          </Button>
          <Button
            color={props.isDangerous ? 'red' : 'indigo'}
            loading={props.isBusy}
            onClick={props.onConfirm}
            data-autofocus
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
