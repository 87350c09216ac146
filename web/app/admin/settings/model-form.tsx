import { Alert, NativeSelect, NumberInput, SimpleGrid, Text, TextInput } from '@mantine/core';
import { BrainCircuit } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Settings, SettingsOptions } from '../../../lib/api/admin/settings.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import { ConnectionTest } from './connection-test.tsx';
import { SecretField } from './secret-field.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { useSettingsForm } from './use-settings-form.ts';

const read = ({ llm }: Settings) => ({
  llm_provider: llm.llm_provider,
  llm_model: llm.llm_model ?? '',
  base_url: llm.base_url ?? '',
  timeout_ms: llm.timeout_ms,
});

/** Who understands what is said: the built-in interpreter alone, or a model that it may ask. */
export function ModelForm({ settings, options }: { settings: Settings; options: SettingsOptions }) {
  const { t } = useTranslation();
  const label = useLabel();
  const one = useSettingsForm({ section: 'llm', settings, read, write: (secrets) => secrets });
  const { form, base, secrets, setSecret } = one;
  const chosen = options.llm_providers.find(
    ({ llm_provider }) => llm_provider === form.getValues().llm_provider,
  );
  const isNone = chosen?.llm_provider === 'none';
  return (
    <SettingsFrame
      title={t('admin.settings.tab.llm')}
      hint={t('admin.llm.hint')}
      form={one}
      nameOf={(name) => t(`admin.llm.${name}` as 'admin.llm.llm_model')}
      after={<ConnectionTest section="llm" isDirty={one.isDirty} />}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label={t('admin.llm.llm_provider')}
          data={options.llm_providers.map(({ llm_provider: value }) => ({
            value,
            label: label('admin.llm_provider', value),
          }))}
          {...form.getInputProps('llm_provider')}
        />
        {!isNone && (
          <TextInput
            label={t('admin.llm.llm_model')}
            description={t('admin.llm.llm_model_hint')}
            placeholder={chosen?.model_example ?? ''}
            {...form.getInputProps('llm_model')}
          />
        )}
      </SimpleGrid>
      {isNone ? (
        <Alert color="indigo" icon={<BrainCircuit aria-hidden />}>
          <Text size="sm">{t('admin.llm.built_in')}</Text>
        </Alert>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <SecretField
            label={t('admin.llm.api_key')}
            description={t(chosen?.needs_api_key ? 'admin.llm.needed' : 'admin.llm.optional')}
            stored={base.llm.api_key}
            change={secrets.api_key}
            onChange={(change) => setSecret('api_key', change)}
            error={form.errors.api_key as string | undefined}
          />
          <TextInput
            type="url"
            label={t('admin.llm.base_url')}
            description={t(chosen?.needs_base_url ? 'admin.llm.needed' : 'admin.llm.base_url_hint')}
            placeholder="https://…"
            {...form.getInputProps('base_url')}
          />
          <NumberInput
            label={t('admin.llm.timeout_ms')}
            description={t('admin.llm.timeout_ms_hint')}
            min={50}
            max={10_000}
            allowDecimal={false}
            suffix=" ms"
            {...form.getInputProps('timeout_ms')}
          />
        </SimpleGrid>
      )}
    </SettingsFrame>
  );
}
