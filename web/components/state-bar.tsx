import { useTranslation } from 'react-i18next';
import { CONTACT_STATES, type ContactState } from '../lib/api/model.ts';
import { useFormat } from '../lib/i18n/format.ts';
import classes from './state-bar.module.css';
import { STATE_COLOR } from './state-color.ts';

/** How the contacts divide into states, as one bar; its text alternative says the numbers. */
export function StateBar({ counts, height = 8 }: { counts: Record<ContactState, number>; height?: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const present = CONTACT_STATES.filter((state) => counts[state] > 0);
  const total = present.reduce((sum, state) => sum + counts[state], 0);
  const text = present
    .map((state) => `${t(`contact_state.${state}`)}: ${format.number(counts[state])}`)
    .join(', ');
  return (
    <div
      className={classes.bar}
      style={{ height }}
      role="img"
      aria-label={text || t('campaigns.no_contacts')}
      title={text}
    >
      {present.map((state) => (
        <div
          key={state}
          style={{
            width: `${(counts[state] / total) * 100}%`,
            background: `var(--mantine-color-${STATE_COLOR[state]}-${state === 'pending' ? 4 : 6})`,
          }}
        />
      ))}
    </div>
  );
}
