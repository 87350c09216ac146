import { Button, Group, Popover, SimpleGrid, Text } from '@mantine/core';
import { Delete, Hash } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const MOST_KEYS = 12;
type Props = { context: 'consent' | 'question'; onKeys(keys: string): void };

/** The keys of a telephone; several are one number, as on the line. */
export function KeyPadButton({ context, onKeys }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [keys, setKeys] = useState('');
  const press = () => {
    if (keys === '') return;
    setOpen(false);
    setKeys('');
    onKeys(keys);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus withArrow position="top" shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<Hash size={14} aria-hidden />}
          onClick={() => setOpen((open) => !open)}
        >
          {t('rehearsal.keys')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw={240} aria-label={t('rehearsal.keys')}>
        <Text size="xs" c="dimmed" mb="xs">
          {t(context === 'consent' ? 'rehearsal.keys_hint_consent' : 'rehearsal.keys_hint_question')}
        </Text>
        <SimpleGrid cols={3} spacing={6} verticalSpacing={6}>
          {KEYS.map((key) => (
            <Button
              key={key}
              variant="default"
              size="sm"
              onClick={() => setKeys((pressed) => `${pressed}${key}`.slice(0, MOST_KEYS))}
            >
              {key}
            </Button>
          ))}
        </SimpleGrid>
        <Group gap={6} mt="xs" wrap="nowrap">
          <Button flex={1} size="sm" aria-disabled={keys === ''} onClick={press}>
            {keys === '' ? t('rehearsal.keys_none') : t('rehearsal.keys_send', { keys })}
          </Button>
          <Button
            variant="default"
            size="sm"
            px="xs"
            aria-label={t('rehearsal.key_delete')}
            onClick={() => setKeys((pressed) => pressed.slice(0, -1))}
          >
            <Delete size={16} aria-hidden />
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
