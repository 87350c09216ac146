import { Anchor, Box, Group, List, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../components/section.tsx';
import { CampaignBadge } from '../../../components/status-badge.tsx';
import { CAMPAIGN_STATUSES } from '../../../lib/api/model.ts';
import { oneOf } from '../../../lib/search-params.ts';

type Props = { campaigns: { id: string; name: string; status: string }[] };

/** The campaigns that write with this template: a change is a change of their letters too. */
export function UsedBySection({ campaigns }: Props) {
  const { t } = useTranslation();
  return (
    <Box mt="lg">
      <Section title={t('admin.templates.used_by')} hint={t('admin.templates.used_by_hint')}>
        {campaigns.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('admin.templates.unused')}
          </Text>
        ) : (
          <List listStyleType="none" spacing="xs">
            {campaigns.map(({ id, name, status }) => (
              <List.Item key={id}>
                <Group gap="sm">
                  <Anchor component={Link} to={`/campaigns/${id}`} size="sm" fw={600}>
                    {name}
                  </Anchor>
                  <CampaignBadge status={oneOf(CAMPAIGN_STATUSES, status) ?? 'draft'} />
                </Group>
              </List.Item>
            ))}
          </List>
        )}
      </Section>
    </Box>
  );
}
