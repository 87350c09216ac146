import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MenuIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../lib/api/model.ts';
import classes from './main-navigation.module.css';

const PLACES = [
  { name: 'campaigns', to: '/campaigns', roles: ['admin', 'campaign_manager', 'viewer'] },
  { name: 'exclusions', to: '/exclusions', roles: ['admin', 'campaign_manager'] },
  { name: 'admin', to: '/admin', roles: ['admin'] },
] as const satisfies { name: string; to: string; roles: NonNullable<Me['role']>[] }[];

/** Where this role may go: links side by side, on a telephone one button that opens them. */
export function MainNavigation({ role }: { role: NonNullable<Me['role']> }) {
  const { t } = useTranslation();
  const places = PLACES.filter(({ roles }) => roles.some((one) => one === role));
  return (
    <nav aria-label={t('shell.navigation')}>
      <div className={classes.wide}>
        {places.map(({ name, to }) => (
          <Link
            key={name}
            to={to}
            search={{} as never}
            className={classes.link}
            activeOptions={{ exact: false, includeSearch: false }}
          >
            {t(`shell.${name}`)}
          </Link>
        ))}
      </div>
      <div className={classes.narrow}>
        <Menu position="bottom-start" width={220}>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('shell.navigation')}>
              <MenuIcon size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {places.map(({ name, to }) => (
              <Menu.Item key={name} component={Link} to={to}>
                {t(`shell.${name}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </nav>
  );
}
