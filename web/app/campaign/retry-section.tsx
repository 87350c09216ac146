import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Campaign, Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

/** What each further attempt still brings, and what may be expected of the rest. */
export function RetrySection({ campaign, stats }: { campaign: Campaign; stats: Stats }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = (part: number, whole: number) => format.percent(whole === 0 ? null : part / whole);
  return (
    <Section
      title={t('stats.retries')}
      hint={t('stats.retries_hint', {
        count: campaign.max_attempts,
        minutes: format.number(campaign.retry_interval_minutes),
      })}
    >
      <Table aria-label={t('stats.retries')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('stats.attempt')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('stats.calls')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('funnel.answered')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('call_outcome.completed')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
          {stats.retry_yield.map(({ attempt_number, attempts, answered, completions }) => (
            <Table.Tr key={attempt_number}>
              <Table.Th scope="row">{format.number(attempt_number)}</Table.Th>
              <Table.Td ta="right">{format.number(attempts)}</Table.Td>
              <Table.Td ta="right">
                {format.number(answered)} ({share(answered, attempts)})
              </Table.Td>
              <Table.Td ta="right">
                {format.number(completions)} ({share(completions, attempts)})
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
