import { Button, Tabs } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../components/page-header.tsx';
import { SentLetterList } from './sent-letter-list.tsx';
import { TemplateList } from './template-list.tsx';

/** The letters that follow a call, and what became of those that were sent. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const { tab = 'templates' } = useSearch({ from: '/shell/admin/templates' });
  const navigate = useNavigate({ from: '/admin/templates' });
  return (
    <>
      <PageHeader
        title={t('admin.area.templates')}
        subtitle={t('admin.templates.hint')}
        actions={
          <Button component={Link} to="/admin/templates/new" leftSection={<Plus size={17} aria-hidden />}>
            {t('admin.templates.new')}
          </Button>
        }
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) =>
          void navigate({ search: value === 'sent' ? { tab: 'sent' } : {}, replace: true })
        }
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="templates">{t('admin.templates.list')}</Tabs.Tab>
          <Tabs.Tab value="sent">{t('admin.templates.sent')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="templates">
          <TemplateList />
        </Tabs.Panel>
        <Tabs.Panel value="sent">
          <SentLetterList />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
