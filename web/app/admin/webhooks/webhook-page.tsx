import { Alert, Anchor, Badge, Breadcrumbs, Group, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../../components/field-list.tsx';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { useWebhook, type Webhook } from '../../../lib/api/admin/webhooks.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
import { ActiveBadge } from './active-badge.tsx';
import { DeliveriesSection } from './deliveries-section.tsx';
import { ReplaySection } from './replay-section.tsx';
import { WebhookActions } from './webhook-actions.tsx';

/** One receiver: what it is told, what became of each event, and the way to tell it again. */
export function WebhookPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/admin/webhooks/$id' });
  const query = useWebhook(id);
  const webhook = query.data;
  return (
    <>
      <PageHeader
        title={webhook ? hostOf(webhook.url) : '…'}
        badge={webhook && <ActiveBadge isActive={webhook.is_active} />}
        before={
          <Breadcrumbs mb="xs" separatorMargin="xs">
            <Anchor component={Link} to="/admin/webhooks" size="sm">
              {t('admin.area.webhooks')}
            </Anchor>
          </Breadcrumbs>
        }
        {...(webhook?.description && { subtitle: webhook.description })}
        actions={webhook && <WebhookActions webhook={webhook} />}
      />
      {query.isPending && <LoadingRows rows={6} height={56} />}
      {query.isError && !webhook && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {webhook && (
        <Stack gap="lg">
          {webhook.inactive_reason && (
            <Alert
              color="orange"
              icon={<TriangleAlert aria-hidden />}
              title={t('admin.webhooks.switched_off')}
            >
              {webhook.inactive_reason}
            </Alert>
          )}
          <Facts webhook={webhook} />
          <DeliveriesSection webhook={webhook} />
          <ReplaySection webhook={webhook} />
        </Stack>
      )}
    </>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function Facts({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('admin.webhooks.facts')}>
      <FieldList
        fields={[
          [t('admin.webhooks.url'), webhook.url],
          [
            t('admin.webhooks.events'),
            <Group gap={6} key="events">
              {webhook.event_types.map((type) => (
                <Badge key={type} variant="light" tt="none" color="gray">
                  {t(`admin.event.${type.replace('survey.', '') as 'completed'}`)}
                </Badge>
              ))}
            </Group>,
          ],
          [
            t('admin.webhooks.secret'),
            webhook.secret.configured
              ? t('admin.secret.ends_in', { last_four: webhook.secret.last_four })
              : t('admin.secret.none'),
          ],
          ...(webhook.previous_secret_until
            ? ([[t('admin.webhooks.previous_until'), format.dateTime(webhook.previous_secret_until)]] as [
                string,
                string,
              ][])
            : []),
          [t('campaigns.created'), format.dateTime(webhook.created_at)],
        ]}
      />
    </Section>
  );
}
