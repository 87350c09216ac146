import { Anchor, Button, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MailPlus, Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyPanel } from '../../../components/empty-panel.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Mark } from '../../../components/status-badge.tsx';
import { type Template, useTemplates } from '../../../lib/api/admin/templates.ts';
import { useFormat } from '../../../lib/i18n/format.ts';

/** The templates by occasion, name and language. */
export function TemplateList() {
  const { t } = useTranslation();
  const templates = useTemplates();
  const columns = useColumns();
  return (
    <Paper withBorder p="md">
      {templates.isPending && <LoadingRows rows={6} height={44} />}
      {templates.isError && !templates.data && (
        <ProblemAlert error={templates.error} onRetry={() => void templates.refetch()} />
      )}
      {templates.data?.total === 0 && (
        <EmptyPanel
          icon={MailPlus}
          title={t('admin.templates.empty')}
          text={t('admin.templates.empty_text')}
          action={
            <Button component={Link} to="/admin/templates/new">
              {t('admin.templates.new')}
            </Button>
          }
        />
      )}
      {templates.data && templates.data.total > 0 && (
        <DataTable
          label={t('admin.area.templates')}
          columns={columns}
          rows={templates.data.items}
          rowId={(row) => row.id}
          minWidth={720}
        />
      )}
    </Paper>
  );
}

function useColumns(): Column<Template>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('admin.templates.name'),
      cell: (template) => (
        <>
          <Anchor
            component={Link}
            to={`/admin/templates/${template.id}`}
            size="sm"
            fw={600}
            aria-label={`${template.name}: ${template.subject}`}
          >
            {template.name}
          </Anchor>
          <Text size="xs" c="dimmed" lineClamp={1}>
            {template.subject}
          </Text>
        </>
      ),
    },
    {
      id: 'type',
      header: t('admin.templates.type'),
      cell: (template) => t(`admin.template_type.${template.type}`),
    },
    {
      id: 'locale',
      header: t('form.language'),
      cell: (template) => t(`language.${template.locale}`),
    },
    {
      id: 'is_default',
      header: t('admin.templates.default'),
      cell: (template) =>
        template.is_default && <Mark look={['indigo', Star]} label={t('admin.templates.is_default')} />,
    },
    {
      id: 'updated_at',
      header: t('admin.templates.updated'),
      cell: (template) => format.dateTime(template.updated_at),
    },
  ];
}
