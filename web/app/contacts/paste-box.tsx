import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pastedFile } from './pasted-file.ts';

/** Rows copied out of a spreadsheet or a letter, without a file. */
export function PasteBox({ onFile }: { onFile(file: File): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onFile(pastedFile(text, t('contacts.pasted_file')));
        setText('');
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={t('contacts.paste')}
          description={t('contacts.paste_hint')}
          autosize
          minRows={3}
          maxRows={10}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Group justify="flex-end">
          <Button type="submit" variant="default" disabled={text.trim() === ''}>
            {t('contacts.paste_send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
