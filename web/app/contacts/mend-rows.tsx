import { Anchor, Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { ImportReport } from '../../lib/api/model.ts';
import { fetchRejectedRows, type RejectedRow, type RejectedRows } from '../../lib/api/rejected-rows.ts';
import { toCsv } from '../../lib/csv.ts';
import { useFormat } from '../../lib/i18n/format.ts';

type Props = { report: ImportReport; onMended(file: File): void };

/** The rows that were not taken, each fault in its cell, to be mended here and sent again. */
export function MendRows({ report, onMended }: Props) {
  const { t } = useTranslation();
  const rejected = useQuery({
    queryKey: ['rejected-rows', report.import_id],
    queryFn: () => fetchRejectedRows(report),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const shown = new Set(report.errors.map(({ line_number }) => line_number)).size;
  return (
    <Stack gap="xs">
      <Title order={3}>{t('report.errors')}</Title>
      <Text size="sm" c="dimmed">
        {t('report.errors_hint')}{' '}
        {report.rejected_count > shown && t('report.errors_first', { count: shown })}
      </Text>
      {rejected.isPending && <LoadingRows rows={3} height={44} />}
      {rejected.error && <ProblemAlert error={rejected.error} onRetry={() => void rejected.refetch()} />}
      {rejected.data && <MendTable key={report.import_id} rejected={rejected.data} onMended={onMended} />}
      <Anchor size="sm" href={`/api/imports/${report.import_id}/errors.csv`} download w="fit-content">
        {t('report.download')}
      </Anchor>
    </Stack>
  );
}

function MendTable({
  rejected: { columns, rows },
  onMended,
}: { rejected: RejectedRows } & Pick<Props, 'onMended'>) {
  const { t } = useTranslation();
  const [cells, setCells] = useState(() => rows.map((row) => row.cells));
  const change = (row: number, column: number, value: string) =>
    setCells((before) => before.with(row, before[row]!.with(column, value)));
  // Only what was touched is sent again; the rest would be refused as before.
  const mended = cells.filter((row, at) => row.some((cell, column) => cell !== rows[at]!.cells[column]));
  const send = () =>
    onMended(new File([toCsv([columns, ...mended])], t('report.mended_file'), { type: 'text/csv' }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Table.ScrollContainer minWidth={120 + columns.length * 160} mah={420}>
        <Table aria-label={t('report.errors')} verticalSpacing={6} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('report.line')}</Table.Th>
              {columns.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file may have two columns of one name.
                <Table.Th key={`${name} ${at}`} scope="col">
                  {name || t('report.column', { number: at + 1 })}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, at) => (
              <MendRow
                key={row.line_number}
                row={row}
                columns={columns}
                cells={cells[at]!}
                onChange={(column, value) => change(at, column, value)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group justify="space-between" mt="sm">
        <Text size="sm" c="dimmed" aria-live="polite">
          {t('report.mended', { count: mended.length })}
        </Text>
        <Button type="submit" disabled={mended.length === 0}>
          {t('report.send_mended')}
        </Button>
      </Group>
    </form>
  );
}

type RowProps = {
  row: RejectedRow;
  columns: string[];
  cells: string[];
  onChange(column: number, value: string): void;
};

function MendRow({ row, columns, cells, onChange }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const line = format.number(row.line_number);
  const errorsAt = (column: number) =>
    row.faults.filter((fault) => fault.column === column).map(({ error }) => error);
  const ofRow = errorsAt(-1);
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Th scope="row">
        {line}
        {ofRow.length > 0 && (
          <Text size="xs" c="red" fw={400}>
            {ofRow.join(' ')}
          </Text>
        )}
      </Table.Th>
      {cells.map((cell, column) => {
        const errors = errorsAt(column);
        const isTouched = cell !== row.cells[column];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a cell is known by.
          <Table.Td key={column}>
            <TextInput
              size="xs"
              aria-label={t('report.cell', { column: columns[column], line })}
              value={cell}
              onChange={({ currentTarget }) => onChange(column, currentTarget.value)}
              error={errors.length > 0 && !isTouched ? errors.join(' ') : undefined}
            />
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}
