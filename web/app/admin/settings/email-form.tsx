import { NativeSelect, NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../lib/api/admin/settings.ts';
import { ConnectionTest } from './connection-test.tsx';
import { SecretField } from './secret-field.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { useSettingsForm } from './use-settings-form.ts';

const TRANSPORTS = ['smtp', 'ses'] as const;

const read = ({ email }: Settings) => ({
  transport: email.transport,
  host: email.host ?? '',
  port: email.port ?? '',
  username: email.username ?? '',
  from: email.from ?? '',
  reply_to: email.reply_to ?? '',
});

/** By which server letters leave, and whose name stands on them. */
export function EmailForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const one = useSettingsForm({ section: 'email', settings, read, write: (secrets) => secrets });
  const { form, base, secrets, setSecret } = one;
  const isSmtp = form.getValues().transport === 'smtp';
  return (
    <SettingsFrame
      title={t('admin.settings.tab.email')}
      hint={t('admin.email.hint')}
      form={one}
      nameOf={(name) => t(`admin.email.${name}` as 'admin.email.host')}
      after={<ConnectionTest section="email" isDirty={one.isDirty} />}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('admin.email.from')}
          description={t('admin.email.from_hint')}
          placeholder="Surveys <surveys@example.com>"
          {...form.getInputProps('from')}
        />
        <TextInput
          label={t('admin.email.reply_to')}
          description={t('admin.email.reply_to_hint')}
          {...form.getInputProps('reply_to')}
        />
        <NativeSelect
          label={t('admin.email.transport')}
          data={TRANSPORTS.map((value) => ({ value, label: t(`admin.transport.${value}`) }))}
          {...form.getInputProps('transport')}
        />
      </SimpleGrid>
      {isSmtp && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('admin.email.host')}
            description={t('admin.email.host_hint')}
            placeholder="smtp.example.com"
            {...form.getInputProps('host')}
          />
          <NumberInput
            label={t('admin.email.port')}
            description={t('admin.email.port_hint')}
            min={1}
            max={65_535}
            allowDecimal={false}
            {...form.getInputProps('port')}
          />
          <TextInput
            label={t('admin.email.username')}
            description={t('admin.email.username_hint')}
            autoComplete="off"
            {...form.getInputProps('username')}
          />
          <SecretField
            label={t('admin.email.password')}
            description={t('admin.email.password_hint')}
            stored={base.email.password}
            change={secrets.password}
            onChange={(change) => setSecret('password', change)}
            error={form.errors.password as string | undefined}
          />
        </SimpleGrid>
      )}
    </SettingsFrame>
  );
}
