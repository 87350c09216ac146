import { Alert, Box, Button, Divider, Group, Text } from '@mantine/core';
import { CircleAlert, CircleCheck, PlugZap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { type TestedSection, useTestConnection } from '../../../lib/api/admin/settings.ts';
import { useFormat } from '../../../lib/i18n/format.ts';

/** Tries what is saved of a section and shows the result in its place. */
export function ConnectionTest({ section, isDirty }: { section: TestedSection; isDirty: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const test = useTestConnection();
  const at = test.submittedAt ? new Date(test.submittedAt).toISOString() : null;
  return (
    <Box mt="md">
      <Divider mb="md" />
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          {t(isDirty ? 'admin.test.unsaved' : `admin.test.hint_${section}`)}
        </Text>
        <Button
          variant="light"
          leftSection={<PlugZap size={17} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate(section)}
        >
          {t('admin.test.button')}
        </Button>
      </Group>
      {test.isError && (
        <Box mt="sm">
          <ProblemAlert error={test.error} />
        </Box>
      )}
      {test.data && !test.isPending && (
        <Alert
          mt="sm"
          role="status"
          color={test.data.ok ? 'green' : 'orange'}
          icon={test.data.ok ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
          title={test.data.message}
        >
          {t(`admin.test.${test.data.ok ? 'ok' : 'next'}`)} {t('admin.test.at', { time: format.time(at) })}
        </Alert>
      )}
    </Box>
  );
}
