import { Box, Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type Props = { title: string; hint?: ReactNode; aside?: ReactNode; children: ReactNode; minHeight?: number };

/** A titled card; screen readers can jump to it by its name. `minHeight` keeps its place while it loads. */
export function Section({ title, hint, aside, children, minHeight }: Props) {
  const id = useId();
  return (
    <Paper component="section" withBorder p="lg" aria-labelledby={id} mih={minHeight}>
      <Group justify="space-between" align="flex-start" mb="md" wrap="nowrap">
        <Box>
          <Title order={2} id={id}>
            {title}
          </Title>
          {hint && (
            <Text size="sm" c="dimmed" mt={4}>
              {hint}
            </Text>
          )}
        </Box>
        {aside}
      </Group>
      {children}
    </Paper>
  );
}
