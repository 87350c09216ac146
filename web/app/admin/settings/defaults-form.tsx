import { Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../lib/api/admin/settings.ts';
import { TIME_ZONES } from '../../../lib/time-zones.ts';
import { WEEKDAYS } from '../../../lib/weekdays.ts';
import { SettingsFrame } from './settings-frame.tsx';
import { useSettingsForm } from './use-settings-form.ts';

const read = ({ defaults }: Settings) => ({ ...defaults, time_zone: defaults.time_zone ?? '' });

/** The calling rules with which new campaigns begin; those that exist keep their own. */
export function DefaultsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const one = useSettingsForm({ section: 'defaults', settings, read });
  const { form } = one;
  return (
    <SettingsFrame
      title={t('admin.settings.tab.defaults')}
      hint={t('admin.defaults.hint')}
      form={one}
      nameOf={(name) => t(`admin.defaults.${name as keyof Settings['defaults']}`)}
    >
      <Stack>
        <Checkbox.Group
          label={t('admin.defaults.allowed_weekdays')}
          {...form.getInputProps('allowed_weekdays')}
        >
          <Group gap="md" mt={6}>
            {WEEKDAYS.map((day) => (
              <Checkbox key={day} value={day} label={t(`weekday.${day}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          {(['allowed_call_start_local', 'allowed_call_end_local'] as const).map((name) => (
            <TextInput
              key={name}
              type="time"
              label={t(`admin.defaults.${name}`)}
              {...form.getInputProps(name)}
            />
          ))}
          <NumberInput
            label={t('admin.defaults.max_attempts')}
            min={1}
            max={5}
            allowDecimal={false}
            {...form.getInputProps('max_attempts')}
          />
          <NumberInput
            label={t('admin.defaults.retry_interval_minutes')}
            min={1}
            max={525_600}
            allowDecimal={false}
            suffix={` ${t('form.minutes')}`}
            {...form.getInputProps('retry_interval_minutes')}
          />
        </SimpleGrid>
        <Select
          label={t('admin.defaults.time_zone')}
          description={t('admin.defaults.time_zone_hint')}
          placeholder={t('form.time_zone_none')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          data={TIME_ZONES}
          limit={60}
          maw={420}
          {...form.getInputProps('time_zone')}
          value={form.getValues().time_zone || null}
          onChange={(value) => form.setFieldValue('time_zone', value ?? '')}
        />
        <Switch
          label={t('admin.defaults.call_on_public_holidays')}
          {...form.getInputProps('call_on_public_holidays', { type: 'checkbox' })}
        />
      </Stack>
    </SettingsFrame>
  );
}
