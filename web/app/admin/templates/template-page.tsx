import { Anchor, Breadcrumbs } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { useTemplate, useTemplates } from '../../../lib/api/admin/templates.ts';
import { currentLanguage } from '../../../lib/i18n/i18n.ts';
import { TemplateActions } from './template-actions.tsx';
import { TemplateEditor } from './template-editor.tsx';
import { UsedBySection } from './used-by-section.tsx';

/** One template: its text beside the letter that it makes. */
export function TemplatePage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/admin/templates/$id' });
  const template = useTemplate(id);
  const templates = useTemplates();
  const error = template.error ?? templates.error;
  const isThere = template.data && templates.data;
  return (
    <>
      <PageHeader
        title={template.data?.name ?? '…'}
        before={<BackToTemplates />}
        {...(template.data && {
          subtitle: `${t(`admin.template_type.${template.data.type}`)} · ${t(`language.${template.data.locale}`)}`,
        })}
        actions={template.data && <TemplateActions template={template.data} />}
      />
      {error && !isThere && <ProblemAlert error={error} onRetry={() => void template.refetch()} />}
      {!error && !isThere && <LoadingRows rows={6} height={64} />}
      {template.data && templates.data && (
        <>
          <TemplateEditor
            key={template.data.id}
            id={template.data.id}
            initial={template.data}
            variables={templates.data.variables}
          />
          <UsedBySection campaigns={template.data.used_by} />
        </>
      )}
    </>
  );
}

/** A template that is not there yet. */
export function NewTemplatePage() {
  const { t } = useTranslation();
  const templates = useTemplates();
  return (
    <>
      <PageHeader title={t('admin.templates.new')} before={<BackToTemplates />} />
      {templates.isPending && <LoadingRows rows={6} height={64} />}
      {templates.isError && <ProblemAlert error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.data && (
        <TemplateEditor
          id={null}
          initial={{
            name: '',
            type: 'completed',
            locale: currentLanguage(),
            subject: '',
            body_html: '',
            body_text: '',
            is_default: false,
          }}
          variables={templates.data.variables}
        />
      )}
    </>
  );
}

function BackToTemplates() {
  const { t } = useTranslation();
  return (
    <Breadcrumbs mb="xs" separatorMargin="xs">
      <Anchor component={Link} to="/admin/templates" size="sm">
        {t('admin.area.templates')}
      </Anchor>
    </Breadcrumbs>
  );
}
