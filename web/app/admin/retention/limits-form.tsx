import { NumberInput, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RetentionClass } from '../../../lib/api/admin/retention.ts';
import type { Settings } from '../../../lib/api/admin/settings.ts';
import { SettingsFrame } from '../settings/settings-frame.tsx';
import { useSettingsForm } from '../settings/use-settings-form.ts';

const CLASSES = [
  'recording',
  'transcript',
  'consent',
  'answer',
  'phone_number',
] as const satisfies RetentionClass[];

const read = ({ retention }: Settings) => retention;

/** The days that each kind of data stays; fewer days delete at the next sweep. */
export function LimitsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const one = useSettingsForm({ section: 'retention', settings, read });
  const classOf = (name: string) => name.replace('_retention_days', '') as RetentionClass;
  return (
    <SettingsFrame
      title={t('admin.retention.limits')}
      hint={t('admin.retention.limits_hint')}
      form={one}
      nameOf={(name) => t(`admin.retention_class.${classOf(name)}`)}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }}>
        {CLASSES.map((name) => (
          <NumberInput
            key={name}
            label={t(`admin.retention_class.${name}`)}
            description={t(`admin.retention_hint.${name}`)}
            min={name === 'recording' ? 0 : 1}
            max={3_650}
            allowDecimal={false}
            suffix={` ${t('admin.retention.days')}`}
            {...one.form.getInputProps(`${name}_retention_days`)}
          />
        ))}
      </SimpleGrid>
    </SettingsFrame>
  );
}
