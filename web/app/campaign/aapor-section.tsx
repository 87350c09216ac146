import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

const RATES = ['RR1', 'COOP1', 'REF1', 'CON1', 'e'] as const;

/** The rates by which surveys are compared, each with what it means. */
export function AaporSection({ stats }: { stats: Stats }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rates: Partial<Record<string, number | null>> = stats.aapor;
  return (
    <Section title={t('aapor.title')} hint={t('aapor.hint')}>
      <Table aria-label={t('aapor.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('aapor.rate')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('aapor.value')}
            </Table.Th>
            <Table.Th scope="col">{t('aapor.meaning')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {RATES.filter((rate) => rates[rate] !== undefined).map((rate) => (
            <Table.Tr key={rate}>
              <Table.Th scope="row">{rate}</Table.Th>
              <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {format.percent(rates[rate] ?? null)}
              </Table.Td>
              <Table.Td>{t(`aapor.${rate}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
