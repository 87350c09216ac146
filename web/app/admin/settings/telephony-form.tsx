import { NativeSelect, NumberInput, SimpleGrid, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings, SettingsOptions } from '../../../lib/api/admin/settings.ts';
import { ConnectionTest } from './connection-test.tsx';
import { SecretField } from './secret-field.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { useSettingsForm } from './use-settings-form.ts';

const TYPES = ['telephony_api', 'voice_ai_platform'] as const;
const CREDENTIALS = [
  'account_sid',
  'auth_token',
  'api_key_sid',
  'api_key_secret',
  'auth_token_secondary',
] as const;

const read = ({ telephony }: Settings) => ({
  provider_type: telephony.provider_type,
  provider_name: telephony.provider_name ?? '',
  outbound_number: telephony.outbound_number ?? '',
  max_concurrent_calls: telephony.max_concurrent_calls,
  calls_per_second: telephony.calls_per_second,
});

/** Who dials, from which number, how many at once. */
export function TelephonyForm({ settings, options }: { settings: Settings; options: SettingsOptions }) {
  const { t } = useTranslation();
  const one = useSettingsForm({
    section: 'telephony',
    settings,
    read,
    write: (credentials) => ({ credentials }),
  });
  const { form, base, secrets, setSecret } = one;
  const type = TYPES.find((known) => known === form.getValues().provider_type) ?? 'telephony_api';
  const nameOf = (name: string) => t(`admin.telephony.${name}` as 'admin.telephony.provider_name');
  return (
    <SettingsFrame
      title={t('admin.settings.tab.telephony')}
      hint={t('admin.telephony.hint')}
      form={one}
      nameOf={nameOf}
      after={<ConnectionTest section="telephony" isDirty={one.isDirty} />}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label={t('admin.telephony.provider_type')}
          data={TYPES.map((value) => ({ value, label: t(`admin.provider_type.${value}`) }))}
          {...form.getInputProps('provider_type')}
          onChange={(event) => {
            const chosen = event.currentTarget.value as (typeof TYPES)[number];
            // A name belongs to a type: the pairs are those that there are adapters for.
            const names = options.providers[chosen];
            const { provider_name } = form.getValues();
            const kept = names.includes(provider_name) ? provider_name : '';
            form.setValues({ provider_type: chosen, provider_name: kept });
          }}
        />
        <NativeSelect
          label={t('admin.telephony.provider_name')}
          data={[
            { value: '', label: t('admin.telephony.no_provider') },
            ...options.providers[type].map((value) => ({ value, label: titleOf(value) })),
          ]}
          {...form.getInputProps('provider_name')}
        />
      </SimpleGrid>
      <TextInput
        type="tel"
        label={t('admin.telephony.outbound_number')}
        description={t('admin.telephony.outbound_number_hint')}
        placeholder="+390299990000"
        maw={{ base: '100%', sm: 'calc(50% - 8px)' }}
        {...form.getInputProps('outbound_number')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label={t('admin.telephony.max_concurrent_calls')}
          description={t('admin.telephony.max_concurrent_calls_hint')}
          min={1}
          allowDecimal={false}
          {...form.getInputProps('max_concurrent_calls')}
        />
        <NumberInput
          label={t('admin.telephony.calls_per_second')}
          description={t('admin.telephony.calls_per_second_hint')}
          min={0}
          decimalScale={2}
          {...form.getInputProps('calls_per_second')}
        />
      </SimpleGrid>
      <Title order={3} mt="sm">
        {t('admin.telephony.credentials')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {CREDENTIALS.map((name) => (
          <SecretField
            key={name}
            label={t(`admin.telephony.${name}`)}
            description={t(`admin.telephony.${name}_hint`)}
            stored={base.telephony.credentials[name]}
            change={secrets[name]}
            onChange={(change) => setSecret(name, change)}
            error={form.errors[name] as string | undefined}
          />
        ))}
      </SimpleGrid>
    </SettingsFrame>
  );
}

const titleOf = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
