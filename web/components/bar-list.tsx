import { Text } from '@mantine/core';
import classes from './bar-list.module.css';

export type Bar = { key: string; label: string; count: number; value: string; note?: string };

/** Counts as bars under their names, longest = the largest count; the numbers stand in the text, not only in the width. */
export function BarList({ label, bars, color }: { label: string; bars: Bar[]; color: string }) {
  const largest = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <ol className={classes.list} aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <div className={classes.line}>
            <Text size="sm" component="span">
              {bar.label}
            </Text>
            <span className={classes.value}>
              {bar.note && (
                <Text size="xs" c="dimmed" component="span">
                  {bar.note}
                </Text>
              )}
              <Text size="sm" fw={600} component="span">
                {bar.value}
              </Text>
            </span>
          </div>
          <div className={classes.track} aria-hidden>
            <div
              className={classes.fill}
              style={{
                width: `${(bar.count / largest) * 100}%`,
                background: `var(--mantine-color-${color}-6)`,
              }}
            />
          </div>
        </li>
      ))}
    </ol>
  );
}
