import { Stack, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import {
  type Settings,
  type SettingsOptions,
  useSettings,
  useSettingsOptions,
} from '../../../lib/api/admin/settings.ts';
import { oneOf } from '../../../lib/search-params.ts';
import { DefaultsForm } from './defaults-form.tsx';
import { EmailForm } from './email-form.tsx';
import { ModelForm } from './model-form.tsx';
import { SettingsHistory } from './settings-history.tsx';
import { SETTINGS_TABS } from './settings-tabs.ts';
import { TelephonyForm } from './telephony-form.tsx';
import { TopicsForm } from './topics-form.tsx';

/** How the product is run: who dials, who understands, who writes. */
export function SettingsPage() {
  const { t } = useTranslation();
  const settings = useSettings();
  const options = useSettingsOptions();
  const error = settings.error ?? options.error;
  return (
    <>
      <PageHeader title={t('admin.area.settings')} subtitle={t('admin.settings.hint')} />
      {error && !(settings.data && options.data) && (
        <ProblemAlert
          error={error}
          onRetry={() => {
            void settings.refetch();
            void options.refetch();
          }}
        />
      )}
      {!error && !(settings.data && options.data) && <LoadingRows rows={5} height={64} />}
      {settings.data && options.data && <SettingsTabs settings={settings.data} options={options.data} />}
    </>
  );
}

function SettingsTabs({ settings, options }: { settings: Settings; options: SettingsOptions }) {
  const { t } = useTranslation();
  const { section = 'telephony' } = useSearch({ from: '/shell/admin/settings' });
  const navigate = useNavigate({ from: '/admin/settings' });
  return (
    <Tabs
      value={section}
      keepMounted={false}
      onChange={(value) => void navigate({ search: { section: oneOf(SETTINGS_TABS, value) }, replace: true })}
    >
      <Tabs.List mb="lg">
        {SETTINGS_TABS.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {t(`admin.settings.tab.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Stack>
        <Tabs.Panel value="telephony">
          <TelephonyForm settings={settings} options={options} />
        </Tabs.Panel>
        <Tabs.Panel value="llm">
          <ModelForm settings={settings} options={options} />
        </Tabs.Panel>
        <Tabs.Panel value="email">
          <EmailForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="topics">
          <TopicsForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="defaults">
          <DefaultsForm settings={settings} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <SettingsHistory />
        </Tabs.Panel>
      </Stack>
    </Tabs>
  );
}
