import { Anchor, Button, Group, Table } from '@mantine/core';
import { BookOpen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Campaign, Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { currentLanguage } from '../../lib/i18n/i18n.ts';

const MAIN = ['RR1', 'COOP1', 'REF1', 'CON1', 'e'] as const;
const ALL = [
  ...(['RR1', 'RR2', 'RR3', 'RR4', 'RR5', 'RR6', 'COOP1', 'COOP2', 'COOP3', 'COOP4'] as const),
  ...(['REF1', 'REF2', 'REF3', 'CON1', 'CON2', 'CON3', 'e'] as const),
] as const;

/** The rates by which surveys are compared, each with what it means; the formulas are in the codebook. */
export function AaporSection({ campaign, stats }: { campaign: Campaign; stats: Stats }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isWhole, setWhole] = useState(false);
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
          {(isWhole ? ALL : MAIN).map((rate) => (
            <Table.Tr key={rate}>
              <Table.Th scope="row">{rate}</Table.Th>
              <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                {format.percent(stats.aapor[rate])}
              </Table.Td>
              <Table.Td>{t(`aapor.${rate}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="space-between" mt="md">
        <Button variant="default" size="xs" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {t(isWhole ? 'aapor.fewer' : 'aapor.all')}
        </Button>
        {campaign.can.export && (
          <Anchor
            href={`/api/campaigns/${campaign.id}/codebook?language=${currentLanguage()}`}
            target="_blank"
            size="sm"
          >
            <Group gap={6} component="span">
              <BookOpen size={16} aria-hidden />
              {t('aapor.codebook')}
            </Group>
          </Anchor>
        )}
      </Group>
    </Section>
  );
}
