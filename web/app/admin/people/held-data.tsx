import { Accordion, Badge, Box, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../../components/field-list.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { usePersonData } from '../../../lib/api/admin/people.ts';
import { NOTHING, useFormat } from '../../../lib/i18n/format.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import classes from './held-data.module.css';

/** Everything that is held, store by store, as it would be handed out. */
export function HeldData({ contact_id }: { contact_id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const data = usePersonData(contact_id, true);
  if (data.isPending) return <LoadingRows rows={4} height={40} />;
  if (data.isError) return <ProblemAlert error={data.error} onRetry={() => void data.refetch()} />;
  const { generated_at, ...stores } = data.data;
  const filled = Object.entries(stores).filter(([, rows]) => rows.length > 0);
  const empty = Object.entries(stores).filter(([, rows]) => rows.length === 0);
  return (
    <Box mt="lg">
      <Text size="sm" c="dimmed" mb="sm">
        {t('admin.people.as_of', { at: format.dateTime(generated_at) })}
      </Text>
      <Accordion variant="contained" multiple order={3}>
        {filled.map(([store, rows]) => (
          <Accordion.Item key={store} value={store}>
            <Accordion.Control>
              <Group gap="xs">
                <Text size="sm" fw={600}>
                  {label('admin.held', store)}
                </Text>
                <Badge variant="light" color="gray">
                  {format.number(rows.length)}
                </Badge>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <HeldRows label={label('admin.held', store)} rows={rows} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {empty.length > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('admin.people.nothing_in', {
            stores: empty.map(([store]) => label('admin.held', store)).join(', '),
          })}
        </Text>
      )}
    </Box>
  );
}

type Rows = Record<string, unknown>[];

/** The entries of a store, each with every name and value that it has. */
function HeldRows({ label, rows }: { label: string; rows: Rows }) {
  return (
    // It scrolls, so it must be reachable by keyboard.
    <Box className={classes.frame} role="group" aria-label={label} tabIndex={0}>
      <ol className={classes.rows}>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was handed out does not change its order.
          <li key={index} className={classes.row}>
            <FieldList fields={Object.entries(row).map(([name, value]) => [name, textOf(value)])} />
          </li>
        ))}
      </ol>
    </Box>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
