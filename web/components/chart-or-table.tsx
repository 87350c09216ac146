import { Group, SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from './section.tsx';

type Props = { title: string; hint?: ReactNode; aside?: ReactNode; chart: ReactNode; table: ReactNode };

/** A chart in its card, and the same numbers as a table for whoever prefers them. */
export function ChartOrTable({ title, hint, aside, chart, table }: Props) {
  const { t } = useTranslation();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <Section title={title} hint={hint}>
      <Group justify="space-between" mb="md">
        <SegmentedControl
          size="xs"
          aria-label={t('chart.view_of', { title })}
          value={view}
          onChange={(value) => setView(value as typeof view)}
          data={[
            { value: 'chart', label: t('chart.chart') },
            { value: 'table', label: t('chart.table') },
          ]}
        />
        {aside}
      </Group>
      {view === 'chart' ? chart : table}
    </Section>
  );
}
