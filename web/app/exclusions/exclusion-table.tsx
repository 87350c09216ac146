import { Anchor, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { notify } from '../../components/notify.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { type Exclusion, useRemoveExclusion } from '../../lib/api/exclusions.ts';
import { useMe } from '../../lib/api/session.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

const OWN_REASONS = ['opt_out', 'do_not_call', 'erasure'];

/** One row a number: where it counts, why, and since when; only administrators may take it off. */
export function ExclusionTable({ entries }: { entries: Exclusion[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const [removed, setRemoved] = useState<Exclusion | null>(null);
  const columns = useColumns(me.data?.role === 'admin' ? setRemoved : null);
  return (
    <>
      <DataTable
        label={t('exclusions.title')}
        columns={columns}
        rows={entries}
        rowId={(row) => row.id}
        minWidth={720}
      />
      {removed && <RemoveDialog key={removed.id} entry={removed} onClose={() => setRemoved(null)} />}
    </>
  );
}

function useColumns(onRemove: ((entry: Exclusion) => void) | null): Column<Exclusion>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const columns: Column<Exclusion>[] = [
    {
      id: 'phone_number',
      header: t('contacts.number'),
      cell: (entry) => (
        <Text size="sm" fw={entry.phone_number ? 600 : 400} c={entry.phone_number ? undefined : 'dimmed'}>
          {entry.phone_number ?? t('exclusions.erased')}
        </Text>
      ),
    },
    {
      id: 'where',
      header: t('exclusions.where'),
      cell: (entry) =>
        entry.campaign_id === null ? (
          t('exclusions.everywhere')
        ) : (
          <Anchor component={Link} to={`/campaigns/${entry.campaign_id}`} size="sm">
            {entry.campaign_name ?? entry.campaign_id}
          </Anchor>
        ),
    },
    {
      id: 'source',
      header: t('exclusions.by'),
      cell: (entry) => label('exclusions.source', entry.source),
    },
    {
      id: 'reason',
      header: t('admin.reason'),
      // What the product wrote itself has a name in both languages; what a person wrote is shown as it is.
      cell: ({ reason }) =>
        OWN_REASONS.some((own) => own === reason) ? label('exclusions.reason', reason!) : (reason ?? NOTHING),
    },
    { id: 'created_at', header: t('exclusions.since'), cell: (entry) => format.dateTime(entry.created_at) },
  ];
  if (onRemove === null) return columns;
  return [
    ...columns,
    {
      id: 'remove',
      header: t('admin.actions'),
      cell: (entry) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('exclusions.remove_one', { number: entry.phone_number ?? t('exclusions.erased') })}
          onClick={() => onRemove(entry)}
        >
          {t('exclusions.remove')}
        </Button>
      ),
    },
  ];
}

function RemoveDialog({ entry, onClose }: { entry: Exclusion; onClose(): void }) {
  const { t } = useTranslation();
  const remove = useRemoveExclusion();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const confirm = () => {
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return;
    remove.mutate(
      { id: entry.id, reason: reason.trim() },
      {
        onSuccess: () => {
          notify(t('exclusions.removed'), 'green');
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('exclusions.remove_title', { number: entry.phone_number ?? t('exclusions.erased') })}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack>
        <Text size="sm">{t('exclusions.remove_text')}</Text>
        <Textarea
          label={t('admin.reason')}
          description={t('admin.reason_hint')}
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          error={isMissing ? t('fault.required') : undefined}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {remove.isError && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={confirm}>
            {t('exclusions.remove')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
