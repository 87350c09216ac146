import { Box, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

type Props = { title: string; badge?: ReactNode; before?: ReactNode; subtitle?: string; actions?: ReactNode };

/** The one h1 of a page, which also names the tab, with what can be done at its right. */
export function PageHeader({ title, badge, before, subtitle, actions }: Props) {
  useDocumentTitle(`${title} · voicesurveyagent`);
  return (
    <Box component="header" mb="lg">
      {before}
      <Group justify="space-between" align="flex-start" gap="md">
        <Box miw={0} flex="1 1 20rem">
          <Group gap="sm">
            <Title order={1}>{title}</Title>
            {badge}
          </Group>
          {subtitle && (
            <Text c="dimmed" size="sm" mt={4}>
              {subtitle}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
    </Box>
  );
}
