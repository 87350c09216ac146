import { Box, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = { icon: LucideIcon; title: string; text: string; action?: ReactNode };

/** An empty place that says why it is empty and what to do next. */
export function EmptyPanel({ icon: Icon, title, text, action }: Props) {
  return (
    <Stack align="center" gap="sm" py={48} ta="center">
      <ThemeIcon size={52} radius="xl" variant="light">
        <Icon size={26} aria-hidden />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={440}>
        {text}
      </Text>
      {action && <Box mt="xs">{action}</Box>}
    </Stack>
  );
}
