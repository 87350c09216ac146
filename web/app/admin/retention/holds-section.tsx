import { Anchor, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { ListPagination } from '../../../components/list-pagination.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { type LegalHold, useLegalHolds } from '../../../lib/api/admin/retention.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';
import { HoldDialog } from '../people/hold-dialog.tsx';

const PAGE_SIZE = 25;

/** The contacts whose data stays whatever its time, with the reason why and the way to let it go. */
export function HoldsSection() {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const [lifted, setLifted] = useState<LegalHold | null>(null);
  const holds = useLegalHolds({ page, page_size: PAGE_SIZE });
  const columns = useColumns(setLifted);
  return (
    <Section
      title={t('admin.retention.holds')}
      hint={t('admin.retention.holds_hint')}
      aside={
        <Anchor component={Link} to="/admin/people" size="sm">
          {t('admin.retention.held_where')}
        </Anchor>
      }
    >
      {holds.isPending && <LoadingRows rows={2} height={36} />}
      {holds.isError && !holds.data && (
        <ProblemAlert error={holds.error} onRetry={() => void holds.refetch()} />
      )}
      {holds.data?.total === 0 && (
        <Text size="sm" c="dimmed">
          {t('admin.retention.no_holds')}
        </Text>
      )}
      {holds.data && holds.data.total > 0 && (
        <>
          <DataTable
            label={t('admin.retention.holds')}
            columns={columns}
            rows={holds.data.items}
            rowId={(row) => row.contact_id}
            minWidth={760}
          />
          <ListPagination {...holds.data} onPage={setPage} />
        </>
      )}
      {lifted && (
        <HoldDialog
          contact={{ id: lifted.contact_id, campaign_name: lifted.campaign_name, legal_hold: true }}
          onClose={() => setLifted(null)}
        />
      )}
    </Section>
  );
}

function useColumns(onLift: (hold: LegalHold) => void): Column<LegalHold>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      id: 'campaign',
      header: t('campaigns.name'),
      cell: (hold) => (
        <>
          <Anchor
            component={Link}
            to={`/campaigns/${hold.campaign_id}?tab=contacts&contact=${hold.contact_id}`}
            size="sm"
            fw={600}
          >
            {hold.campaign_name}
          </Anchor>
          <Text size="xs" c="dimmed">
            {hold.external_contact_id ?? NOTHING}
          </Text>
        </>
      ),
    },
    { id: 'reason', header: t('admin.reason'), cell: (hold) => hold.reason },
    { id: 'placed_by', header: t('exports.by'), cell: (hold) => hold.placed_by },
    { id: 'placed_at', header: t('exclusions.since'), cell: (hold) => format.dateTime(hold.placed_at) },
    {
      id: 'lift',
      header: t('admin.actions'),
      cell: (hold) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('admin.people.release_in', { campaign: hold.campaign_name })}
          onClick={() => onLift(hold)}
        >
          {t('admin.people.release')}
        </Button>
      ),
    },
  ];
}
