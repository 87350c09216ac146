import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { type ExportFormat, exportHref } from '../../lib/api/exports.ts';
import type { Campaign } from '../../lib/api/model.ts';

/** Downloads one row per finished contact; the reason goes into the audit log. */
export function DownloadSection({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [reason, setReason] = useState('');
  const { completed, refused, not_reached, excluded } = campaign.contact_counts;
  const rows = completed + refused + not_reached + excluded;
  return (
    <Section title={t('exports.title')} hint={t('exports.hint')}>
      <Stack>
        <Group align="flex-end">
          <SegmentedControl
            aria-label={t('exports.format')}
            value={format}
            onChange={(value) => setFormat(value as ExportFormat)}
            data={[
              { value: 'csv', label: 'CSV' },
              { value: 'xlsx', label: 'Excel' },
            ]}
          />
          <TextInput
            label={t('exports.reason')}
            description={t('exports.reason_hint')}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            w={{ base: '100%', sm: 380 }}
          />
          <Button
            component="a"
            download
            href={exportHref(campaign.id, format, reason)}
            leftSection={<Download size={17} aria-hidden />}
            onClick={() => void queries.invalidateQueries({ queryKey: ['get', '/api/campaigns/{id}/exports'] })}
          >
            {t('exports.download', { count: rows })}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t('exports.contents')}
        </Text>
      </Stack>
    </Section>
  );
}
