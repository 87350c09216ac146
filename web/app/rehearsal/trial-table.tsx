import { Button, Drawer, Group, Text } from '@mantine/core';
import { CircleCheck, CircleX, MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import type { TrialResult, TrialRun } from '../../lib/api/model.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';
import { Dialogue } from './dialogue.tsx';
import classes from './trial-table.module.css';

/** Expected against actual, one respondent a row; what was said is one click away. */
export function TrialTable({ run }: { run: TrialRun }) {
  const { t } = useTranslation();
  const [read, setRead] = useState<TrialResult | null>(null);
  const columns = useColumns(setRead);
  // What needs a look comes first.
  const rows = [...run.results].sort(
    (one, other) => Number(one.is_as_expected) - Number(other.is_as_expected),
  );
  return (
    <>
      <DataTable
        label={t('rehearsal.trial_table')}
        columns={columns}
        rows={rows}
        rowId={({ respondent }) => respondent}
        minWidth={760}
      />
      <Drawer
        opened={read !== null}
        onClose={() => setRead(null)}
        position="right"
        size="md"
        title={read && t(`rehearsal.cast.${read.respondent}`)}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {read && <Dialogue turns={read.transcript} respondent="rehearsal.respondent" />}
      </Drawer>
    </>
  );
}

function useColumns(onRead: (result: TrialResult) => void): Column<TrialResult>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'respondent',
      header: t('rehearsal.trial_respondent'),
      cell: ({ respondent }) => <span className={classes.name}>{t(`rehearsal.cast.${respondent}`)}</span>,
    },
    {
      id: 'expected',
      header: t('rehearsal.trial_expected'),
      cell: ({ expected }) => <Result result={expected} />,
    },
    { id: 'actual', header: t('rehearsal.trial_actual'), cell: ({ actual }) => <Result result={actual} /> },
    {
      id: 'verdict',
      header: t('rehearsal.trial_verdict'),
      cell: ({ is_as_expected }) => <Verdict isAsExpected={is_as_expected} />,
    },
    {
      id: 'read',
      header: t('rehearsal.conversation'),
      cell: (result) => (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<MessagesSquare size={14} aria-hidden />}
          aria-label={t('rehearsal.trial_show', { name: t(`rehearsal.cast.${result.respondent}`) })}
          onClick={() => onRead(result)}
        >
          {t('rehearsal.trial_read')}
        </Button>
      ),
    },
  ];
}

function Result({ result }: { result: TrialResult['expected'] }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { consent, disposition, answers } = result;
  const given = answers.filter((status) => status === 'answered').length;
  const facts = [
    t(`rehearsal.trial_consent_${consent ?? 'none'}`),
    ...(answers.length > 0 ? [t('rehearsal.trial_answers', { count: given, total: answers.length })] : []),
  ];
  return (
    <>
      <Text size="sm">{disposition ? label('disposition', disposition) : t('rehearsal.open')}</Text>
      <Text size="xs" c="dimmed">
        {facts.join(' · ')}
      </Text>
    </>
  );
}

function Verdict({ isAsExpected }: { isAsExpected: boolean }) {
  const { t } = useTranslation();
  const Icon = isAsExpected ? CircleCheck : CircleX;
  return (
    <Group gap={6} wrap="nowrap" className={classes.verdict} data-met={isAsExpected}>
      <Icon size={16} aria-hidden />
      <Text size="sm" component="span" fw={isAsExpected ? 400 : 600}>
        {t(isAsExpected ? 'rehearsal.as_expected' : 'rehearsal.not_as_expected')}
      </Text>
    </Group>
  );
}
