import { Anchor, Breadcrumbs, Grid, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { OutcomeBadge } from '../../components/status-badge.tsx';
import { useCall } from '../../lib/api/calls.ts';
import { useCampaign } from '../../lib/api/campaigns.ts';
import type { Call } from '../../lib/api/model.ts';
import { useMe } from '../../lib/api/session.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { AnswersSection } from './answers-section.tsx';
import { ConsentSection } from './consent-section.tsx';
import { FactsSection } from './facts-section.tsx';
import { TimelineSection } from './timeline-section.tsx';
import { TranscriptSection } from './transcript-section.tsx';

/** Everything that is known of one call: what was said and understood, what was consented to, how it went. */
export function CallPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { call_id } = useParams({ from: '/shell/calls/$call_id' });
  const { data: call, error, isPending, refetch } = useCall(call_id);
  const isViewer = useMe().data?.role === 'viewer';
  if (isPending) return <LoadingRows rows={5} height={90} />;
  if (!call) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <PageHeader
        title={t('call.title', { number: call.attempt_number })}
        badge={<OutcomeBadge outcome={call.outcome} />}
        subtitle={format.dateTime(call.started_at)}
        before={<Trail call={call} />}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <TranscriptSection transcript={call.transcript} isViewer={isViewer} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <AnswersSection answers={call.answers} isViewer={isViewer} />
            <ConsentSection consent={call.consent} />
            <FactsSection call={call} />
            <TimelineSection events={call.events} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Trail({ call }: { call: Call }) {
  const { t } = useTranslation();
  const campaign = useCampaign(call.campaign_id);
  const to = `/campaigns/${call.campaign_id}`;
  return (
    <Breadcrumbs mb={6} aria-label={t('shell.breadcrumbs')}>
      <Anchor component={Link} to="/campaigns" size="sm">
        {t('shell.campaigns')}
      </Anchor>
      <Anchor component={Link} to={to} size="sm">
        {campaign.data?.name ?? '…'}
      </Anchor>
      <Anchor component={Link} to={to} search={{ tab: 'contacts' } as never} size="sm">
        {t('call.to_contacts')}
      </Anchor>
    </Breadcrumbs>
  );
}
