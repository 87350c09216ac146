import { useTranslation } from 'react-i18next';
import { BarList } from '../../components/bar-list.tsx';
import { Section } from '../../components/section.tsx';
import type { Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

/** From the first dial to the last answer: where people are lost. */
export function FunnelSection({ stats }: { stats: Stats }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const bars = stats.funnel.map(({ step, count }, index) => {
    const before = stats.funnel[index - 1]?.count;
    return {
      key: step,
      label: label('funnel', step),
      count,
      value: format.number(count),
      ...(before ? { note: t('stats.of_previous', { share: format.percent(count / before) }) } : {}),
    };
  });
  return (
    <Section title={t('stats.funnel')} hint={t('stats.funnel_hint')}>
      <BarList label={t('stats.funnel')} bars={bars} color="indigo" />
    </Section>
  );
}
