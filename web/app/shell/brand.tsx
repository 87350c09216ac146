import { Group, Text } from '@mantine/core';

/** The mark and, where there is room, the name. */
export function Brand() {
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/icon.svg" alt="" width={28} height={28} />
      <Text fw={700} visibleFrom="xs">
        voicesurveyagent
      </Text>
    </Group>
  );
}
