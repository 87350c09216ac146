import { Alert, Button, Group, Select, Stack } from '@mantine/core';
import { TableProperties } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Props = { missing: string[]; found: string[]; onMapped(mapping: Record<string, string>): void };

/** Which column of the file is which, when their names do not tell. */
export function MapColumns({ missing, found, onMapped }: Props) {
  const { t } = useTranslation();
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const isWhole = missing.every((field) => mapping[field]);
  return (
    <Alert color="orange" icon={<TableProperties aria-hidden />} title={t('contacts.map_title')}>
      <Stack align="flex-start">
        {t('contacts.map_text')}
        <Group align="flex-end">
          {missing.map((field) => (
            <Select
              key={field}
              label={t('contacts.map_field', { field })}
              data={[...new Set(found.filter((name) => name !== ''))]}
              value={mapping[field] ?? null}
              onChange={(name) => setMapping((before) => ({ ...before, [field]: name ?? '' }))}
            />
          ))}
          <Button disabled={!isWhole} onClick={() => onMapped(mapping)}>
            {t('contacts.map_send')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
