import { Button, Code, Drawer, Stack, Table, Text, Title } from '@mantine/core';
import { Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../../components/field-list.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { type Certificate, useCertificate } from '../../../lib/api/admin/people.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import { ErasureBadge } from './erasure-badge.tsx';

/** One erasure, store by store, as it can be handed to the person. */
export function CertificateDrawer({ id, onClose }: { id: string | null; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={t('admin.people.certificate')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {id && <Body id={id} />}
    </Drawer>
  );
}

function Body({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useCertificate(id);
  if (query.isPending) return <LoadingRows rows={5} height={36} />;
  if (query.isError) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const { data } = query;
  return (
    <Stack>
      <FieldList
        fields={[
          [t('exports.status'), <ErasureBadge key="status" status={data.status} />],
          [t('admin.people.erased_at'), format.dateTime(data.erased_at)],
          [t('exports.by'), data.erased_by ?? t('admin.audit.system')],
          [t('campaigns.contacts'), format.number(data.contact_ids.length)],
          [t('admin.people.reapplied'), format.dateTime(data.reapplied_at)],
          [t('admin.people.certificate_id'), <Code key="id">{data.id}</Code>],
        ]}
      />
      <Title order={3}>{t('admin.people.stores')}</Title>
      <Stores stores={data.stores} />
      {data.status === 'pending' && (
        <Text size="sm" c="dimmed">
          {t('admin.people.pending_text')}
        </Text>
      )}
      <Button
        variant="default"
        leftSection={<Printer size={17} aria-hidden />}
        onClick={() => window.print()}
        style={{ alignSelf: 'flex-start' }}
      >
        {t('admin.people.print')}
      </Button>
    </Stack>
  );
}

function Stores({ stores }: Pick<Certificate, 'stores'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <Table aria-label={t('admin.people.stores')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('admin.people.store')}</Table.Th>
          <Table.Th scope="col">{t('admin.people.result')}</Table.Th>
          <Table.Th scope="col" ta="end">
            {t('admin.people.entries')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {stores.map(({ store, result, count }) => (
          <Table.Tr key={store}>
            <Table.Th scope="row" fw={500}>
              {label('admin.store', store)}
            </Table.Th>
            <Table.Td>{label('admin.store_result', result)}</Table.Td>
            <Table.Td ta="end">{format.number(count)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
