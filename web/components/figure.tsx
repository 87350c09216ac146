import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './figure.module.css';

type Props = { label: string; value: string; hint?: ReactNode; color?: string };

/** One number with its name; digits keep their width while they change. */
export function Figure({ label, value, hint, color }: Props) {
  return (
    <Paper
      withBorder
      p="md"
      className={classes.figure}
      style={color ? { '--figure-color': `var(--mantine-color-${color}-6)` } : {}}
    >
      <dt>
        <Text size="sm" c="dimmed" component="span">
          {label}
        </Text>
      </dt>
      <dd className={classes.value}>{value}</dd>
      {hint && (
        <dd className={classes.hint}>
          <Text size="xs" c="dimmed" component="span">
            {hint}
          </Text>
        </dd>
      )}
    </Paper>
  );
}

/** The figures of a page, side by side as far as they fit. */
export function Figures({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className={classes.figures} aria-label={label}>
      {children}
    </dl>
  );
}
