import { useTranslation } from 'react-i18next';
import { BarList } from '../../components/bar-list.tsx';
import { Section } from '../../components/section.tsx';
import { CALL_OUTCOMES, type Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';

/** How the calls ended. */
export function OutcomesSection({ stats }: { stats: Stats }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = CALL_OUTCOMES.reduce((sum, outcome) => sum + stats.by_outcome[outcome], 0);
  const bars = CALL_OUTCOMES.map((outcome) => {
    const count = stats.by_outcome[outcome];
    return {
      key: outcome,
      label: t(`call_outcome.${outcome}`),
      count,
      value: format.number(count),
      ...(total > 0 ? { note: format.percent(count / total) } : {}),
    };
  });
  return (
    <Section title={t('stats.outcomes')} hint={t('stats.outcomes_hint')}>
      <BarList label={t('stats.outcomes')} bars={bars} color="grape" />
    </Section>
  );
}
