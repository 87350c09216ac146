import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useReadiness } from '../../lib/api/campaigns.ts';
import type { Campaign } from '../../lib/api/model.ts';
import { ReadinessChecklist } from './readiness-checklist.tsx';

/** What is done and what is missing before this campaign may call anybody. */
export function ReadinessSection({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const query = useReadiness(campaign.id, true);
  const { data, isPending } = query;
  const missing = data?.checks.filter((check) => !check.ok && check.level === 'error').length ?? 0;
  return (
    <Section
      title={t('readiness.title')}
      hint={t('readiness.hint')}
      minHeight={200}
      aside={
        data && (
          <Badge color={data.ready ? 'green' : 'orange'} variant="light" tt="none" size="lg">
            {data.ready ? t('readiness.ready') : t('readiness.missing', { count: missing })}
          </Badge>
        )
      }
    >
      {isPending && <LoadingRows rows={5} height={20} />}
      {query.isError && !data && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {data && <ReadinessChecklist campaign={campaign} checks={data.checks} />}
    </Section>
  );
}
