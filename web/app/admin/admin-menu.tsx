import { Button, Menu, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ADMIN_AREAS } from './admin-areas.ts';
import classes from './admin-menu.module.css';

/** The areas of the administration: a column where there is room, one button on a telephone. */
export function AdminMenu() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const here = ADMIN_AREAS.find(({ to }) => pathname.startsWith(to)) ?? ADMIN_AREAS[0];
  return (
    <nav aria-label={t('admin.title')}>
      <div className={classes.column}>
        <Text size="xs" fw={650} c="dimmed" tt="uppercase" px={12} pb={8} className={classes.heading}>
          {t('admin.title')}
        </Text>
        <ul className={classes.list}>
          {ADMIN_AREAS.map(({ area, to, icon: Icon }) => (
            <li key={area}>
              <Link to={to} className={classes.link} activeOptions={{ exact: false, includeSearch: false }}>
                <Icon size={17} aria-hidden />
                {t(`admin.area.${area}`)}
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <div className={classes.button}>
        <Menu position="bottom-start" width="target">
          <Menu.Target>
            <Button
              variant="default"
              fullWidth
              styles={{ label: { flex: 1, textAlign: 'start' } }}
              leftSection={<here.icon size={17} aria-hidden />}
              rightSection={<ChevronDown size={17} aria-hidden />}
              aria-label={t('admin.menu', { area: t(`admin.area.${here.area}`) })}
            >
              {t(`admin.area.${here.area}`)}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {ADMIN_AREAS.map(({ area, to, icon: Icon }) => (
              <Menu.Item key={area} component={Link} to={to} leftSection={<Icon size={17} aria-hidden />}>
                {t(`admin.area.${area}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </nav>
  );
}
