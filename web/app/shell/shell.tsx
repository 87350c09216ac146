import { Box, Container, Group } from '@mantine/core';
import { Link, Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useMe } from '../../lib/api/session.ts';
import { Bands } from './bands.tsx';
import { Brand } from './brand.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { MainNavigation } from './main-navigation.tsx';
import { NoAccessPage } from './no-access-page.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';
import { SessionEndedDialog } from './session-ended-dialog.tsx';
import classes from './shell.module.css';
import { UserMenu } from './user-menu.tsx';

/** The frame of every page behind the sign-in; who is not signed in is sent there and comes back to the same address. */
export function Shell() {
  const { t } = useTranslation();
  const me = useMe();
  const { href, pathname } = useLocation();
  if (me.data === null) {
    // While the way there is under way the location is the door's own; sending it on again would never end.
    if (pathname === '/sign-in') return null;
    return <Navigate to="/sign-in" search={{ return_to: href }} replace />;
  }
  return (
    <>
      <a href="#main" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <Box component="header" className={classes.header}>
        <Container size="xl" h="100%">
          <Group h="100%" justify="space-between" wrap="nowrap" gap="sm">
            <Group gap="lg" wrap="nowrap">
              <Link to="/campaigns" search={{}} className={classes.brand} aria-label={t('shell.home')}>
                <Brand />
              </Link>
              {me.data?.role && <MainNavigation role={me.data.role} />}
            </Group>
            <Group gap={6} wrap="nowrap">
              <LanguageSwitch />
              <SchemeSwitch />
              {me.data && <UserMenu me={me.data} />}
            </Group>
          </Group>
        </Container>
      </Box>
      {me.data && <Bands me={me.data} />}
      <Container size="xl" component="main" id="main" tabIndex={-1} className={classes.main}>
        {me.isPending && <LoadingRows rows={4} height={72} />}
        {me.isError && <ProblemAlert error={me.error} onRetry={() => void me.refetch()} />}
        {me.data && (me.data.role ? <Outlet /> : <NoAccessPage email={me.data.email} />)}
      </Container>
      <SessionEndedDialog />
    </>
  );
}
