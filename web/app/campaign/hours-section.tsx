import { Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import type { Campaign, Stats } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { WEEKDAYS } from '../../lib/weekdays.ts';
import { type HourCell, hourGrid } from './hour-grid.ts';
import classes from './hours-section.module.css';

/** When people answer: a table whose cells are tinted by the share of calls that were answered. */
export function HoursSection({ campaign, stats }: { campaign: Campaign; stats: Stats }) {
  const { t } = useTranslation();
  const { hours, cellOf, isInWindow } = hourGrid(campaign, stats.answer_rate);
  return (
    <Section
      title={t('stats.when_answered')}
      hint={t('stats.when_answered_hint', { zone: campaign.time_zone ?? 'UTC' })}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reached by keyboard. */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('stats.when_answered_map')}>
        <table className={classes.map}>
          <thead>
            <tr>
              <td />
              {hours.map((hour) => (
                <th key={hour} scope="col">
                  {String(hour).padStart(2, '0')}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WEEKDAYS.map((weekday) => (
              <tr key={weekday}>
                <th scope="row">{t(`weekday.${weekday}`)}</th>
                {hours.map((hour) => (
                  <Cell key={hour} cell={cellOf(weekday, hour)} isOpen={isInWindow(weekday, hour)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Text size="xs" c="dimmed" mt="sm">
        {t('stats.when_answered_legend')}
      </Text>
    </Section>
  );
}

function Cell({ cell, isOpen }: { cell: HourCell | undefined; isOpen: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const share = cell && cell.attempts > 0 ? cell.answered / cell.attempts : null;
  const title =
    cell && share !== null
      ? t('stats.answered_of', { answered: cell.answered, count: cell.attempts })
      : undefined;
  return (
    <td
      className={classes.cell}
      data-open={isOpen || undefined}
      title={title}
      style={share === null ? {} : ({ '--share': `${Math.round(8 + share * 42)}%` } as CSSProperties)}
      data-filled={share !== null || undefined}
    >
      {share === null ? '' : format.wholePercent(share)}
    </td>
  );
}
