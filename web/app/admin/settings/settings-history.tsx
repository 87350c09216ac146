import { Accordion, Code, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../../components/field-list.tsx';
import { ListPagination } from '../../../components/list-pagination.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import type { RetentionClass } from '../../../lib/api/admin/retention.ts';
import {
  type SettingsSection,
  type SettingsVersion,
  useSettingsVersions,
} from '../../../lib/api/admin/settings.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';

const PAGE_SIZE = 20;

/** The settings as they were, version by version, with who made each and what they changed. */
export function SettingsHistory() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const list = useSettingsVersions({ page, page_size: PAGE_SIZE });
  return (
    <Section title={t('admin.settings.tab.history')} hint={t('admin.settings.history_hint')} minHeight={240}>
      {list.isPending && <LoadingRows rows={4} height={48} />}
      {list.isError && !list.data && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <>
          <Accordion variant="contained" order={3}>
            {list.data.items.map((version) => (
              <Version key={version.audit_id ?? 0} version={version} />
            ))}
          </Accordion>
          <ListPagination {...list.data} onPage={setPage} />
        </>
      )}
    </Section>
  );
}

function Version({ version }: { version: SettingsVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { audit_id, at, user_name, changed, settings } = version;
  const nameOf = (section: SettingsSection, name: string) =>
    section === 'retention'
      ? t(`admin.retention_class.${name.replace('_retention_days', '') as RetentionClass}`)
      : t(`admin.${section}.${name}` as 'admin.llm.llm_model');
  return (
    <Accordion.Item value={String(audit_id ?? 0)}>
      <Accordion.Control>
        <Text size="sm" fw={600}>
          {at === null ? t('admin.settings.first') : `${format.dateTime(at)}, ${user_name ?? NOTHING}`}
        </Text>
        <Group gap={6} mt={4}>
          {changed.map((name) => (
            <Code key={name}>{name}</Code>
          ))}
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
          {(['telephony', 'llm', 'email', 'retention', 'topics', 'defaults'] as const).map((section) => (
            <Stack key={section} gap="xs">
              <Title order={4} fz="sm">
                {section === 'retention' ? t('admin.area.retention') : t(`admin.settings.tab.${section}`)}
              </Title>
              <FieldList
                fields={Object.entries(settings[section]).map(([name, value]) => [
                  nameOf(section, name),
                  value === null ? NOTHING : String(value),
                ])}
              />
            </Stack>
          ))}
        </SimpleGrid>
      </Accordion.Panel>
    </Accordion.Item>
  );
}
