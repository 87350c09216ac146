import { Group, Text } from '@mantine/core';
import classes from './column-chart.module.css';

export type Column = { key: string; label: string; parts: number[] };
export type Part = { name: string; color: string };
type Props = { label: string; columns: Column[]; parts: Part[]; format(value: number): string };

/** Counts over time as stacked columns, oldest first. Its numbers are in the table beside it; the height stays. */
export function ColumnChart({ label, columns, parts, format }: Props) {
  const total = ({ parts: counts }: Column) => counts.reduce((sum, count) => sum + count, 0);
  const largest = Math.max(1, ...columns.map(total));
  return (
    <figure className={classes.chart} aria-label={label}>
      <div className={classes.plot}>
        <Text size="xs" c="dimmed" className={classes.top}>
          {format(largest)}
        </Text>
        <div className={classes.columns} aria-hidden>
          {columns.map((column) => (
            <div key={column.key} className={classes.column} title={titleOf(column, parts, format)}>
              {column.parts.map((count, index) => (
                <div
                  key={parts[index]!.name}
                  className={classes.part}
                  style={{
                    height: `${(count / largest) * 100}%`,
                    background: `var(--mantine-color-${parts[index]!.color}-6)`,
                  }}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <Group justify="space-between" mt={4}>
        <Text size="xs" c="dimmed">
          {columns[0]?.label}
        </Text>
        <Text size="xs" c="dimmed">
          {columns.length > 1 ? columns.at(-1)?.label : ''}
        </Text>
      </Group>
      <Group component="figcaption" gap="md" mt="xs">
        {parts.map(({ name, color }) => (
          <Group key={name} gap={6} wrap="nowrap">
            <span
              className={classes.key}
              style={{ background: `var(--mantine-color-${color}-6)` }}
              aria-hidden
            />
            <Text size="xs">{name}</Text>
          </Group>
        ))}
      </Group>
    </figure>
  );
}

function titleOf({ label, parts: counts }: Column, parts: Part[], format: Props['format']): string {
  return [label, ...parts.map(({ name }, index) => `${name}: ${format(counts[index] ?? 0)}`)].join('\n');
}
