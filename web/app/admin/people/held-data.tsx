import { Accordion, Badge, Box, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { usePersonData } from '../../../lib/api/admin/people.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
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
              <Code block className={classes.rows} tabIndex={0}>
                {JSON.stringify(rows, null, 2)}
              </Code>
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
