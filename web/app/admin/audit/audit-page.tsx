import { Button, Paper } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, FilterX, ScrollText, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../../components/empty-panel.tsx';
import { ListPagination } from '../../../components/list-pagination.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { type AuditEntry, auditHref, useAuditLog, useVerifyAudit } from '../../../lib/api/admin/audit.ts';
import { AuditEntryDrawer } from './audit-entry-drawer.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { type AuditSearch, toFilter } from './audit-search.ts';
import { AuditTable } from './audit-table.tsx';
import { AuditVerdictAlert } from './audit-verdict-alert.tsx';

const PAGE_SIZE = 50;

/** Who did what: narrowed by the address, one entry opened beside it, the same as a file. */
export function AuditPage() {
  const { t } = useTranslation();
  const { page = 1, ...search } = useSearch({ from: '/shell/admin/audit' });
  const navigate = useNavigate({ from: '/admin/audit' });
  const filter = toFilter(search);
  const log = useAuditLog({ ...filter, page, page_size: PAGE_SIZE });
  const verify = useVerifyAudit();
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const narrow = (change: Partial<AuditSearch>) =>
    void navigate({ search: { ...search, ...change }, replace: true });
  const isFiltered = Object.values(search).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title={t('admin.area.audit')}
        subtitle={t('admin.audit.hint')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<ShieldCheck size={17} aria-hidden />}
              loading={verify.isPending}
              onClick={() => verify.mutate()}
            >
              {t('admin.audit.verify')}
            </Button>
            <Button
              component="a"
              href={auditHref(filter)}
              download
              variant="default"
              leftSection={<Download size={17} aria-hidden />}
            >
              {t('admin.audit.download')}
            </Button>
          </>
        }
      />
      <AuditVerdictAlert verdict={verify.data} error={verify.error} />
      <Paper withBorder p="md">
        <AuditFilters search={search} onChange={narrow} />
        {log.isPending && <LoadingRows rows={10} height={40} />}
        {log.isError && !log.data && <ProblemAlert error={log.error} onRetry={() => void log.refetch()} />}
        {log.data && log.data.items.length > 0 && (
          <>
            <AuditTable
              entries={log.data.items}
              onOpen={setOpened}
              onUser={(user_id) => narrow({ user_id })}
            />
            <ListPagination
              {...log.data}
              onPage={(to) => void navigate({ search: { ...search, ...(to > 1 && { page: to }) } })}
            />
          </>
        )}
        {log.data?.items.length === 0 && (
          <EmptyPanel
            icon={isFiltered ? FilterX : ScrollText}
            title={t(isFiltered ? 'list.no_match' : 'admin.audit.empty')}
            text={t(isFiltered ? 'list.no_match_text' : 'admin.audit.empty_text')}
            action={
              isFiltered && (
                <Button variant="default" onClick={() => void navigate({ search: {} })}>
                  {t('list.clear')}
                </Button>
              )
            }
          />
        )}
      </Paper>
      <AuditEntryDrawer entry={opened} onClose={() => setOpened(null)} />
    </>
  );
}
