import { Anchor, Paper } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { FileCheck2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { EmptyPanel } from '../../../components/empty-panel.tsx';
import { ListPagination } from '../../../components/list-pagination.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { type Certificate, useCertificates } from '../../../lib/api/admin/people.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
import { ErasureBadge } from './erasure-badge.tsx';

const PAGE_SIZE = 25;

/** What was erased, when, by whom, and whether the providers have followed. */
export function CertificateList() {
  const { t } = useTranslation();
  const format = useFormat();
  const { page = 1 } = useSearch({ from: '/shell/admin/people' });
  const navigate = useNavigate({ from: '/admin/people' });
  const list = useCertificates({ page, page_size: PAGE_SIZE });
  const columns: Column<Certificate>[] = [
    {
      id: 'erased_at',
      header: t('admin.people.erased_at'),
      cell: (row) => (
        <Anchor
          component={Link}
          to="/admin/people"
          search={{ tab: 'certificates', certificate: row.id } as never}
          size="sm"
          fw={600}
        >
          {format.dateTime(row.erased_at)}
        </Anchor>
      ),
    },
    { id: 'by', header: t('exports.by'), cell: (row) => row.erased_by ?? t('admin.audit.system') },
    {
      id: 'contacts',
      header: t('campaigns.contacts'),
      isNumeric: true,
      cell: (row) => format.number(row.contact_ids.length),
    },
    { id: 'status', header: t('exports.status'), cell: (row) => <ErasureBadge status={row.status} /> },
    {
      id: 'reapplied_at',
      header: t('admin.people.reapplied'),
      cell: (row) => format.dateTime(row.reapplied_at),
    },
  ];
  return (
    <Paper withBorder p="md">
      {list.isPending && <LoadingRows rows={4} height={40} />}
      {list.isError && !list.data && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.total === 0 && (
        <EmptyPanel
          icon={FileCheck2}
          title={t('admin.people.no_certificates')}
          text={t('admin.people.no_certificates_text')}
        />
      )}
      {list.data && list.data.total > 0 && (
        <>
          <DataTable
            label={t('admin.people.certificates')}
            columns={columns}
            rows={list.data.items}
            rowId={(row) => row.id}
          />
          <ListPagination
            {...list.data}
            onPage={(to) => void navigate({ search: { tab: 'certificates', ...(to > 1 && { page: to }) } })}
          />
        </>
      )}
    </Paper>
  );
}
