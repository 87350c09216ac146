import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../components/page-header.tsx';
import { AccountList } from './account-list.tsx';
import { SessionList } from './session-list.tsx';

/** Who may do what, and who is signed in where. */
export function UsersPage() {
  const { t } = useTranslation();
  const { tab = 'accounts' } = useSearch({ from: '/shell/admin/users' });
  const navigate = useNavigate({ from: '/admin/users' });
  return (
    <>
      <PageHeader title={t('admin.area.users')} subtitle={t('admin.users.hint')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) =>
          void navigate({ search: value === 'sessions' ? { tab: 'sessions' } : {}, replace: true })
        }
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="accounts">{t('admin.users.accounts')}</Tabs.Tab>
          <Tabs.Tab value="sessions">{t('admin.users.sessions')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="accounts">
          <AccountList />
        </Tabs.Panel>
        <Tabs.Panel value="sessions">
          <SessionList />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
