import { Box, Button, Paper } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../components/empty-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useMe } from '../../lib/api/session.ts';
import { addAdminTexts } from '../../lib/i18n/admin-texts.ts';
import classes from './admin-layout.module.css';
import { AdminMenu } from './admin-menu.tsx';

addAdminTexts();

/** The frame of the administration: its menu beside the page; whoever may not be here is told so. */
export function AdminLayout() {
  const me = useMe();
  if (me.data?.role !== 'admin') return <AdminsOnly />;
  return (
    <Box className={classes.frame}>
      <AdminMenu />
      <Box miw={0}>
        <Outlet />
      </Box>
    </Box>
  );
}

/** The page of the administration for who has no right to it: nothing of it has been asked of the server. */
function AdminsOnly() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('admin.title')} />
      <Paper withBorder>
        <EmptyPanel
          icon={LockKeyhole}
          title={t('admin.only_title')}
          text={t('admin.only_text')}
          action={
            <Button component={Link} to="/campaigns" variant="default">
              {t('not_found.back')}
            </Button>
          }
        />
      </Paper>
    </>
  );
}
