import { Button, Code, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useErase } from '../../../lib/api/admin/people.ts';

type Props = {
  isOpen: boolean;
  contact_id: string;
  /** The number or address by which the person was found; it is typed again to confirm. */
  person: string;
  contacts: number;
  held: number;
  onClose(): void;
  onErased(certificate_id: string | null): void;
};

/** Asks before the one thing that nobody can bring back; the person's own number has to be typed. */
export function EraseDialog({ isOpen, contact_id, person, contacts, held, onClose, onErased }: Props) {
  const { t } = useTranslation();
  const erase = useErase();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const close = () => {
    erase.reset();
    setTyped('');
    setWrong(false);
    onClose();
  };
  const confirm = () => {
    const isSame = sameText(typed, person);
    setWrong(!isSame);
    if (isSame) erase.mutate(contact_id, { onSuccess: onErased });
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('admin.people.erase_title')}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm">{t('admin.people.erase_text', { count: contacts })}</Text>
        <List size="sm">
          {(['gone', 'kept', 'provider'] as const).map((what) => (
            <List.Item key={what}>{t(`admin.erase.${what}`)}</List.Item>
          ))}
        </List>
        {held > 0 && (
          <Text size="sm" fw={600} c="var(--mantine-color-orange-light-color)">
            {t('admin.people.erase_held', { count: held })}
          </Text>
        )}
        <Text size="sm">
          {t('admin.people.type_again')} <Code>{person}</Code>
        </Text>
        <TextInput
          label={t('admin.people.confirm_label')}
          value={typed}
          autoComplete="off"
          error={isWrong ? t('admin.people.confirm_wrong') : undefined}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {erase.isError && <ProblemAlert error={erase.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button color="red" loading={erase.isPending} onClick={confirm}>
            {t('admin.people.erase')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Spaces and capitals do not make another number or address. */
function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.replaceAll(/\s/g, '').toLowerCase();
  return plain(a) === plain(b);
}
