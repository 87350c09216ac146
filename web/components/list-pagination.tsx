import { Group, Pagination, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../lib/i18n/format.ts';

type Props = {
  page: number;
  total_pages: number;
  total: number;
  page_size: number;
  onPage(page: number): void;
};

/** «26–50 of 412» and the pages; only the sentence where one page holds all. */
export function ListPagination({ page, total_pages, total, page_size, onPage }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const from = total === 0 ? 0 : (page - 1) * page_size + 1;
  const to = Math.min(page * page_size, total);
  return (
    <Group justify="space-between" mt="md" mih={36}>
      <Text size="sm" c="dimmed">
        {t('list.range', { from: format.number(from), to: format.number(to), total: format.number(total) })}
      </Text>
      {total_pages > 1 && (
        <Pagination
          value={page}
          total={total_pages}
          onChange={onPage}
          size="sm"
          getItemProps={(item) => ({ 'aria-label': t('list.page', { page: item }) })}
          getControlProps={(control) => ({ 'aria-label': t(`list.${control}`) })}
          aria-label={t('list.pages')}
        />
      )}
    </Group>
  );
}
