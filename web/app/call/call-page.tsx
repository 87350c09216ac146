import { Anchor, Breadcrumbs, Grid, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { OutcomeBadge } from '../../components/status-badge.tsx';
import { useCall } from '../../lib/api/calls.ts';
import { useCampaign } from '../../lib/api/campaigns.ts';
import { useMe } from '../../lib/api/session.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { AnswersSection } from './answers-section.tsx';
import { ConsentSection } from './consent-section.tsx';
import { FactsSection } from './facts-section.tsx';
import { TranscriptSection } from './transcript-section.tsx';

/** One call, as evidence: what was said, how it was understood, what was consented to, when. */
export function CallPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { call_id } = useParams({ from: '/shell/calls/$call_id' });
  const me = useMe();
  const call = useCall(call_id);
  if (call.isPending) return <LoadingRows rows={5} height={100} />;
  if (!call.data) return <ProblemAlert error={call.error} onRetry={() => void call.refetch()} />;
  const { campaign_id, contact_id, attempt_number, started_at, outcome } = call.data;
  const maySeeWords = me.data?.role !== 'viewer';
  return (
    <>
      <PageHeader
        title={t('call.title', { number: attempt_number })}
        badge={<OutcomeBadge outcome={outcome} />}
        subtitle={format.dateTime(started_at)}
        before={<Trail campaign_id={campaign_id} contact_id={contact_id} />}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <TranscriptSection call={call.data} maySeeWords={maySeeWords} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <AnswersSection call={call.data} />
            <ConsentSection call={call.data} />
            <FactsSection call={call.data} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Trail({ campaign_id, contact_id }: { campaign_id: string; contact_id: string }) {
  const { t } = useTranslation();
  const campaign = useCampaign(campaign_id);
  return (
    <Breadcrumbs mb={6} aria-label={t('shell.breadcrumbs')}>
      <Anchor component={Link} to="/campaigns" size="sm">
        {t('shell.campaigns')}
      </Anchor>
      <Anchor component={Link} to={`/campaigns/${campaign_id}`} size="sm">
        {campaign.data?.name ?? '…'}
      </Anchor>
      <Anchor component={Link} to={`/campaigns/${campaign_id}?tab=contacts&contact=${contact_id}`} size="sm">
        {t('contacts.one')}
      </Anchor>
    </Breadcrumbs>
  );
}
