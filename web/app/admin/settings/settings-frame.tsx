import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { GitCompareArrows } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { NOTHING } from '../../../lib/i18n/format.ts';
import type { Meanwhile, SettingsForm } from './use-settings-form.ts';

type Props = {
  title: string;
  hint: string;
  // biome-ignore lint/suspicious/noExplicitAny: the frame shows the state of any section's form and none of its values.
  form: SettingsForm<any>;
  /** The name of a value, for who reads what somebody else changed. */
  nameOf(name: string): string;
  children: ReactNode;
  /** Stands below the form: what tries the section. */
  after?: ReactNode;
};

/** A section of the settings: its fields, what is wrong with them, and the way to save or to drop a change. */
export function SettingsFrame({ title, hint, form, nameOf, children, after }: Props) {
  const { t } = useTranslation();
  const { save, isDirty, meanwhile } = form;
  return (
    <Section title={title} hint={hint}>
      <form noValidate onSubmit={form.submit}>
        <Stack>
          {children}
          {meanwhile && <MeanwhileAlert changes={meanwhile} nameOf={nameOf} />}
          {save.isError && !meanwhile && (
            <ProblemAlert error={save.error} title={t('form.not_saved')} others={form.others} />
          )}
          <Group justify="space-between" mih={36}>
            <Text size="sm" c="dimmed">
              {isDirty ? t('admin.settings.unsaved') : t('admin.settings.as_saved')}
            </Text>
            {isDirty && (
              <Group gap="xs">
                <Button variant="default" onClick={form.discard}>
                  {t('admin.settings.discard')}
                </Button>
                <Button type="submit" loading={save.isPending}>
                  {t('form.save')}
                </Button>
              </Group>
            )}
          </Group>
        </Stack>
      </form>
      {after}
    </Section>
  );
}

function MeanwhileAlert({ changes, nameOf }: { changes: Meanwhile[]; nameOf(name: string): string }) {
  const { t } = useTranslation();
  const shown = (value: Meanwhile['before']) => (value === '' ? NOTHING : String(value));
  return (
    <Alert
      role="alert"
      color="orange"
      icon={<GitCompareArrows aria-hidden />}
      title={t('admin.settings.meanwhile')}
    >
      {changes.length > 0 && (
        <List size="sm" mb="xs">
          {changes.map(({ name, before, after }) => (
            <List.Item key={name}>
              {nameOf(name)}: {shown(before)} → {shown(after)}
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm">
        {t(changes.length > 0 ? 'admin.settings.meanwhile_kept' : 'admin.settings.meanwhile_else')}
      </Text>
    </Alert>
  );
}
