import { Button, Group, Paper } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Ban, FileUp, FilterX, LockKeyhole, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../components/empty-panel.tsx';
import { ListPagination } from '../../components/list-pagination.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useExclusions } from '../../lib/api/exclusions.ts';
import { useMe } from '../../lib/api/session.ts';
import { addAdminTexts } from '../../lib/i18n/admin-texts.ts';
import { AddExclusionDialog } from './add-exclusion-dialog.tsx';
import { ExclusionTable } from './exclusion-table.tsx';
import { ExclusionUpload } from './exclusion-upload.tsx';

const PAGE_SIZE = 50;

addAdminTexts();

/** The numbers that are never dialled; viewers have no business with them. */
export function ExclusionListPage() {
  const { t } = useTranslation();
  const me = useMe();
  if (me.data?.role !== 'viewer') return <ExclusionList />;
  return (
    <>
      <PageHeader title={t('exclusions.title')} />
      <Paper withBorder>
        <EmptyPanel icon={LockKeyhole} title={t('exclusions.closed')} text={t('exclusions.closed_text')} />
      </Paper>
    </>
  );
}

function ExclusionList() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'add' | 'upload' | null>(null);
  const actions = (
    <>
      <Button
        variant="default"
        leftSection={<FileUp size={17} aria-hidden />}
        aria-expanded={open === 'upload'}
        onClick={() => setOpen(open === 'upload' ? null : 'upload')}
      >
        {t('exclusions.upload')}
      </Button>
      <Button leftSection={<Plus size={17} aria-hidden />} onClick={() => setOpen('add')}>
        {t('exclusions.add')}
      </Button>
    </>
  );
  return (
    <>
      <PageHeader title={t('exclusions.title')} subtitle={t('exclusions.hint')} actions={actions} />
      {open === 'upload' && <ExclusionUpload onClose={() => setOpen(null)} />}
      <Entries onAdd={() => setOpen('add')} />
      {open === 'add' && <AddExclusionDialog onClose={() => setOpen(null)} />}
    </>
  );
}

function Entries({ onAdd }: { onAdd(): void }) {
  const { t } = useTranslation();
  const { page = 1, q } = useSearch({ from: '/shell/exclusions' });
  const navigate = useNavigate({ from: '/exclusions' });
  const list = useExclusions({ page, page_size: PAGE_SIZE, ...(q && { q }) });
  const isEmpty = list.data?.items.length === 0;
  return (
    <Paper withBorder p="md">
      <Group mb="md">
        <SearchField
          label={t('exclusions.search')}
          value={q}
          onChange={(text) => void navigate({ search: text ? { q: text } : {}, replace: true })}
        />
      </Group>
      {list.isPending && <LoadingRows rows={6} height={44} />}
      {list.isError && !list.data && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {isEmpty && (
        <EmptyPanel
          icon={q ? FilterX : Ban}
          title={t(q ? 'list.no_match' : 'exclusions.empty')}
          text={t(q ? 'exclusions.no_match_text' : 'exclusions.empty_text')}
          action={
            q ? (
              <Button variant="default" onClick={() => void navigate({ search: {} })}>
                {t('list.clear')}
              </Button>
            ) : (
              <Button onClick={onAdd}>{t('exclusions.add')}</Button>
            )
          }
        />
      )}
      {list.data && !isEmpty && (
        <>
          <ExclusionTable entries={list.data.items} />
          <ListPagination
            {...list.data}
            onPage={(to) => void navigate({ search: { ...(q && { q }), ...(to > 1 && { page: to }) } })}
          />
        </>
      )}
    </Paper>
  );
}
