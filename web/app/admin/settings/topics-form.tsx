import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../lib/api/admin/settings.ts';
import { SettingsFrame } from './settings-frame.tsx';
import { useSettingsForm } from './use-settings-form.ts';

const read = ({ topics }: Settings) => ({ politics_allowed: topics.politics_allowed });

/** What campaigns may be about beyond the approval that each sensitive topic needs. */
export function TopicsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const one = useSettingsForm({ section: 'topics', settings, read });
  return (
    <SettingsFrame
      title={t('admin.settings.tab.topics')}
      hint={t('admin.topics.hint')}
      form={one}
      nameOf={() => t('admin.topics.politics_allowed')}
    >
      <Switch
        label={t('admin.topics.politics_allowed')}
        description={t('admin.topics.politics_allowed_hint')}
        {...one.form.getInputProps('politics_allowed', { type: 'checkbox' })}
      />
    </SettingsFrame>
  );
}
