import { Anchor, Breadcrumbs, SimpleGrid, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../components/field-list.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import { OutcomeBadge } from '../../components/status-badge.tsx';
import { useCall } from '../../lib/api/calls.ts';
import type { Call } from '../../lib/api/model.ts';
import { useMe } from '../../lib/api/session.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { AnswersSection } from './answers-section.tsx';
import { ConsentSection } from './consent-section.tsx';
import { TimelineSection } from './timeline-section.tsx';
import { TranscriptSection } from './transcript-section.tsx';

/** Everything that is known of one call: how it went, what was consented to, what was said and how it was understood. */
export function CallPage() {
  const { t } = useTranslation();
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
        before={
          <Breadcrumbs mb={6} aria-label={t('shell.breadcrumbs')}>
            <Anchor component={Link} to="/campaigns" size="sm">
              {t('shell.campaigns')}
            </Anchor>
            <Anchor
              component={Link}
              to={`/campaigns/${call.campaign_id}`}
              search={{ tab: 'contacts' } as never}
              size="sm"
            >
              {t('call.to_contacts')}
            </Anchor>
          </Breadcrumbs>
        }
      />
      <Stack gap="lg">
        <CallFacts call={call} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <ConsentSection consent={call.consent} />
          <AnswersSection answers={call.answers} isViewer={isViewer} />
        </SimpleGrid>
        <TranscriptSection transcript={call.transcript} isViewer={isViewer} />
        <TimelineSection events={call.events} />
      </Stack>
    </>
  );
}

function CallFacts({ call }: { call: Call }) {
  const { t } = useTranslation();
  const format = useFormat();
  const seconds =
    call.answered_at && call.ended_at
      ? (Date.parse(call.ended_at) - Date.parse(call.answered_at)) / 1000
      : null;
  return (
    <Section title={t('call.disposition')}>
      <FieldList
        fields={[
          [t('call.disposition'), call.disposition?.replaceAll('_', ' ') ?? '–'],
          [t('call.started'), format.dateTime(call.started_at)],
          [t('call.duration'), format.duration(seconds)],
          [t('form.language'), t(`language.${call.language}`)],
          [t('call.script'), String(call.script_version)],
          [t('call.provider'), call.provider_name],
        ]}
      />
    </Section>
  );
}
