import { Alert, Box, Code, List, Tabs, Text } from '@mantine/core';
import { PencilLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { type Letter, type TemplateInput, useLetterPreview } from '../../../lib/api/admin/templates.ts';
import { asProblem } from '../../../lib/api/problem.ts';
import classes from './template-editor.module.css';

/** The letter as it would arrive, following what is typed; while the text is broken, what is wrong with it. */
export function LetterPreview({ draft }: { draft: TemplateInput }) {
  const { t } = useTranslation();
  const { type, locale, subject, body_html, body_text } = draft;
  const isEmpty = subject === '' || body_html === '';
  return (
    <Section title={t('admin.templates.preview')} hint={t('admin.templates.preview_hint')} minHeight={520}>
      {isEmpty ? (
        <Text size="sm" c="dimmed">
          {t('admin.templates.preview_empty')}
        </Text>
      ) : (
        <Preview
          draft={{ type, locale, subject, body_html, ...(body_text !== undefined && { body_text }) }}
        />
      )}
    </Section>
  );
}

function Preview({ draft }: { draft: Parameters<typeof useLetterPreview>[0] }) {
  const { t } = useTranslation();
  const preview = useLetterPreview(draft);
  if (preview.isPending) return <LoadingRows rows={4} height={60} />;
  if (preview.isError) {
    const { status, errors } = asProblem(preview.error);
    if (status !== 422) return <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />;
    return (
      <Alert
        color="orange"
        role="status"
        icon={<PencilLine aria-hidden />}
        title={t('admin.templates.broken')}
      >
        <List size="sm">
          {errors.map(({ field, message }) => (
            <List.Item key={`${field} ${message}`}>
              {t(`admin.templates.${field as 'subject'}`)}: {message}
            </List.Item>
          ))}
        </List>
      </Alert>
    );
  }
  return <LetterShown letter={preview.data} />;
}

function LetterShown({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  return (
    <>
      <Box mb="md">
        <Text size="xs" c="dimmed">
          {t('admin.templates.subject')}
        </Text>
        <Text fw={600}>{letter.subject}</Text>
      </Box>
      <Tabs defaultValue="html" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="html">{t('admin.templates.as_html')}</Tabs.Tab>
          <Tabs.Tab value="text">{t('admin.templates.as_text')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html">
          {/* Without any permission: no script of a template runs, and no link of it opens here. */}
          <iframe
            className={classes.letter}
            title={t('admin.templates.preview_frame')}
            sandbox=""
            srcDoc={letter.html}
          />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <Code block className={classes.text} tabIndex={0}>
            {letter.text}
          </Code>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
