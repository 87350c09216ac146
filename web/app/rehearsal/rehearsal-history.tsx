import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { ListPagination } from '../../components/list-pagination.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import type { Campaign, RehearsalItem } from '../../lib/api/model.ts';
import { useRehearsals } from '../../lib/api/rehearsals.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

/** Who rehearsed which wording, and how it ended. */
export function RehearsalHistory({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const { data, error, isPending, refetch } = useRehearsals(campaign.id, page);
  const columns = useColumns(campaign);
  return (
    <Section title={t('rehearsal.history')} hint={t('rehearsal.history_hint')}>
      {isPending && <LoadingRows rows={2} height={40} />}
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.total === 0 && <Text c="dimmed">{t('rehearsal.history_empty')}</Text>}
      {data && data.total > 0 && (
        <>
          <DataTable
            label={t('rehearsal.history')}
            columns={columns}
            rows={data.items}
            rowId={({ id }) => id}
            minWidth={620}
          />
          {data.total_pages > 1 && <ListPagination {...data} onPage={setPage} />}
        </>
      )}
    </Section>
  );
}

function useColumns(campaign: Campaign): Column<RehearsalItem>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return [
    {
      id: 'started_at',
      header: t('rehearsal.when'),
      cell: ({ id, started_at }) => {
        const when = format.dateTime(started_at);
        if (!campaign.can.rehearse) return when;
        return (
          <Anchor
            component={Link}
            to={`/campaigns/${campaign.id}?tab=rehearsal&rehearsal=${id}`}
            size="sm"
            aria-label={t('rehearsal.show', { when })}
          >
            {when}
          </Anchor>
        );
      },
    },
    { id: 'user_name', header: t('rehearsal.who'), cell: ({ user_name }) => user_name },
    {
      id: 'wording',
      header: t('rehearsal.wording'),
      cell: ({ script_version, language, is_current }) => (
        <>
          {t('rehearsal.version', { version: script_version })} · {t(`language.${language}`)}
          <Text size="xs" c="dimmed">
            {t(is_current ? 'rehearsal.current' : 'rehearsal.earlier')}
          </Text>
        </>
      ),
    },
    {
      id: 'outcome',
      header: t('rehearsal.outcome'),
      cell: ({ disposition }) => (disposition ? label('disposition', disposition) : t('rehearsal.open')),
    },
    {
      id: 'utterances',
      header: t('rehearsal.turns'),
      isNumeric: true,
      cell: ({ utterances }) => format.number(utterances),
    },
  ];
}
