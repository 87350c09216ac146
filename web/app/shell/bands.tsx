import { Anchor, Container, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Info, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../lib/api/model.ts';
import classes from './bands.module.css';

/** What everybody must know of this installation, and what its administrators should look at again. */
export function Bands({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { notice, warnings } = me;
  const named = (countries: string[]) =>
    countries.map((one) => (one === 'unknown' ? t('shell.other_countries') : one)).join(', ');
  const said = [
    ...(warnings?.advising.length ? [t('shell.law_advises', { countries: named(warnings.advising) })] : []),
    ...(warnings?.stale.length ? [t('shell.register_stale', { countries: named(warnings.stale) })] : []),
  ];
  if (notice === null && said.length === 0) return null;
  return (
    <aside aria-label={t('shell.notices')}>
      {notice !== null && (
        <div className={classes.notice}>
          <Container size="xl">
            <Group gap="xs" wrap="nowrap">
              <Info size={16} aria-hidden className={classes.icon} />
              <Text size="sm">{notice}</Text>
            </Group>
          </Container>
        </div>
      )}
      {said.length > 0 && (
        <div className={classes.warning}>
          <Container size="xl">
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <TriangleAlert size={16} aria-hidden className={classes.icon} />
              <Text size="sm">
                {said.join(' ')}{' '}
                <Anchor component={Link} to="/admin/jurisdictions" c="inherit" underline="always" size="sm">
                  {t('shell.look_at_law')}
                </Anchor>
              </Text>
            </Group>
          </Container>
        </div>
      )}
    </aside>
  );
}
