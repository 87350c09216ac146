import { Paper, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/i18n/format.ts';

type Props = { file_name: string; sent: number; rows: number | null };

/** How far an upload is: the bytes on their way, then the rows that were read. */
export function UploadProgress({ file_name, sent, rows }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isSent = sent >= 1;
  const checked = rows === null ? t('contacts.checking') : t('contacts.rows', { count: rows });
  const text = isSent ? checked : t('contacts.sending', { share: format.percent(sent) });
  return (
    <Paper withBorder p="lg" mih={150}>
      <Stack gap="xs">
        <Text fw={600}>{file_name}</Text>
        <Progress value={isSent ? 100 : sent * 100} animated={isSent} aria-label={text} size="lg" />
        <Text size="sm" role="status">
          {text}
        </Text>
      </Stack>
    </Paper>
  );
}
