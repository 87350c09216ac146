import { SegmentedControl, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartOrTable } from '../../components/chart-or-table.tsx';
import { ColumnChart } from '../../components/column-chart.tsx';
import { useTimeSeries } from '../../lib/api/campaigns.ts';
import type { Campaign, Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

// More would be thinner than a finger; the table has them all.
const MOST_COLUMNS = 60;

/** Calls by the hour or day in which they began, in the campaign's own zone. */
export function TimeSection({ campaign, stats }: { campaign: Campaign; stats: Stats }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [bucket, setBucket] = useState<'hour' | 'day'>(() => (stats.time_series.length > 1 ? 'day' : 'hour'));
  const zone = campaign.time_zone ?? 'UTC';
  const { data = [] } = useTimeSeries(campaign.id, bucket);
  const label = (at: string) => format.bucket(at, bucket, zone);
  const rows = data.map(({ bucket_start, attempts, completions, refusals }) => ({
    key: bucket_start,
    label: label(bucket_start),
    parts: [completions, refusals, attempts - completions - refusals],
    attempts,
  }));
  const parts = [
    { name: t('call_outcome.completed'), color: 'teal' },
    { name: t('call_outcome.refused'), color: 'orange' },
    { name: t('stats.other_calls'), color: 'gray' },
  ];
  return (
    <ChartOrTable
      title={t('stats.over_time')}
      hint={t('stats.over_time_hint', { zone })}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('stats.bucket')}
          value={bucket}
          onChange={(value) => setBucket(value as typeof bucket)}
          data={[
            { value: 'hour', label: t('stats.by_hour') },
            { value: 'day', label: t('stats.by_day') },
          ]}
        />
      }
      chart={
        <ColumnChart
          label={t('stats.over_time')}
          columns={rows.slice(-MOST_COLUMNS)}
          parts={parts}
          format={format.number}
        />
      }
      table={
        <Table.ScrollContainer minWidth={420} mah={320}>
          <Table aria-label={t('stats.over_time')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t(bucket === 'hour' ? 'stats.hour' : 'stats.day')}</Table.Th>
                <Table.Th scope="col" ta="right">
                  {t('stats.calls')}
                </Table.Th>
                {parts.map(({ name }) => (
                  <Table.Th key={name} scope="col" ta="right">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.toReversed().map((row) => (
                <Table.Tr key={row.key}>
                  <Table.Th scope="row">{row.label}</Table.Th>
                  {[row.attempts, ...row.parts].map((count, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed.
                    <Table.Td key={index} ta="right">
                      <Text size="sm" component="span" style={{ fontVariantNumeric: 'tabular-nums' }}>
                        {format.number(count)}
                      </Text>
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      }
    />
  );
}
