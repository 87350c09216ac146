import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Light or dark; the system's own until somebody chooses. */
export function SchemeSwitch() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const next = scheme === 'dark' ? 'light' : 'dark';
  const Icon = next === 'dark' ? Moon : Sun;
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={t(`shell.to_${next}`)}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={17} aria-hidden />
    </ActionIcon>
  );
}
