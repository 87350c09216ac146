import { SimpleGrid, Stack } from '@mantine/core';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useStats } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';
import { useCampaignStream } from '../../lib/api/use-campaign-stream.ts';
import { AaporSection } from './aapor-section.tsx';
import { AnswersSection } from './answers-section.tsx';
import { ForecastLine } from './forecast-line.tsx';
import { FunnelSection } from './funnel-section.tsx';
import { HoursSection } from './hours-section.tsx';
import { LiveSection } from './live-section.tsx';
import { OutcomesSection } from './outcomes-section.tsx';
import { ReadinessSection } from './readiness-section.tsx';
import { RetrySection } from './retry-section.tsx';
import { StatesSection } from './states-section.tsx';
import { TimeSection } from './time-section.tsx';

/** How the campaign goes: first what is still missing, then people, calls and rates. */
export function OverviewTab({ campaign }: { campaign: Campaign }) {
  const isRunning = campaign.status === 'running';
  const { calls, isLive } = useCampaignStream(campaign.id, isRunning);
  const stats = useStats(campaign.id, isLive);
  const isPreparing = campaign.status === 'draft' || campaign.status === 'scheduled';
  return (
    <Stack gap="lg">
      {isPreparing && <ReadinessSection campaign={campaign} />}
      {stats.isPending && <LoadingRows rows={4} height={120} />}
      {stats.isError && !stats.data && (
        <ProblemAlert error={stats.error} onRetry={() => void stats.refetch()} />
      )}
      {stats.data && (
        <>
          <StatesSection campaign={campaign} stats={stats.data} />
          {isRunning && <ForecastLine forecast={stats.data.forecast} />}
          {stats.data.attempts_total > 0 && (
            <>
              <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
                <FunnelSection stats={stats.data} />
                <OutcomesSection stats={stats.data} />
              </SimpleGrid>
              <AnswersSection campaign={campaign} stats={stats.data} />
              <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
                <TimeSection campaign={campaign} stats={stats.data} />
                <HoursSection campaign={campaign} stats={stats.data} />
              </SimpleGrid>
              {isRunning ? (
                <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
                  <LiveSection calls={calls} isLive={isLive} />
                  <RetrySection campaign={campaign} stats={stats.data} />
                </SimpleGrid>
              ) : (
                <RetrySection campaign={campaign} stats={stats.data} />
              )}
              <AaporSection campaign={campaign} stats={stats.data} />
            </>
          )}
        </>
      )}
    </Stack>
  );
}
