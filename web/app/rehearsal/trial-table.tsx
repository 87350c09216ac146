import { Button, Drawer, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { CircleCheck, CircleX, MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../../components/data-table.tsx';
import type { TrialResult, TrialRun } from '../../lib/api/model.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';
import { Dialogue } from './dialogue.tsx';
import classes from './trial-table.module.css';

const NARROW = '(max-width: 48em)';

/** Expected against actual, one respondent a row; what was said is one click away. */
export function TrialTable({ run }: { run: TrialRun }) {
  const { t } = useTranslation();
  const [read, setRead] = useState<TrialResult | null>(null);
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const columns = useColumns(setRead, isNarrow);
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
        minWidth={isNarrow ? 0 : 760}
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

/** On a phone the verdict and the conversation stand under the name, so that nothing lies out of sight. */
function useColumns(onRead: (result: TrialResult) => void, isNarrow: boolean): Column<TrialResult>[] {
  const { t } = useTranslation();
  const read = (result: TrialResult) => <ReadButton result={result} onRead={onRead} />;
  const columns: Column<TrialResult>[] = [
    {
      id: 'respondent',
      header: t('rehearsal.trial_respondent'),
      cell: (result) => (
        <>
          <span className={classes.name}>{t(`rehearsal.cast.${result.respondent}`)}</span>
          {isNarrow && <Verdict isAsExpected={result.is_as_expected} />}
          {isNarrow && read(result)}
        </>
      ),
    },
  ];
  const [expectedName, actualName] = [t('rehearsal.trial_expected'), t('rehearsal.trial_actual')];
  if (isNarrow) {
    const header = `${expectedName} / ${actualName}`;
    return [...columns, { id: 'both', header, cell: (result) => <Both result={result} /> }];
  }
  return [
    ...columns,
    { id: 'expected', header: expectedName, cell: ({ expected }) => <Result result={expected} /> },
    { id: 'actual', header: actualName, cell: ({ actual }) => <Result result={actual} /> },
    {
      id: 'verdict',
      header: t('rehearsal.trial_verdict'),
      cell: ({ is_as_expected }) => <Verdict isAsExpected={is_as_expected} />,
    },
    { id: 'read', header: t('rehearsal.conversation'), cell: read },
  ];
}

function ReadButton({ result, onRead }: { result: TrialResult; onRead(result: TrialResult): void }) {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      ml={-8}
      leftSection={<MessagesSquare size={14} aria-hidden />}
      aria-label={t('rehearsal.trial_show', { name: t(`rehearsal.cast.${result.respondent}`) })}
      onClick={() => onRead(result)}
    >
      {t('rehearsal.trial_read')}
    </Button>
  );
}

function Both({ result }: { result: TrialResult }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="xs" fw={600}>
        {t('rehearsal.trial_expected')}
      </Text>
      <Result result={result.expected} />
      <Text size="xs" fw={600} mt={6}>
        {t('rehearsal.trial_actual')}
      </Text>
      <Result result={result.actual} />
    </>
  );
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
