import { Alert, Badge, Button, Group, Select, Text } from '@mantine/core';
import { CircleCheck, ListChecks, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import type { Campaign, TrialRun } from '../../lib/api/model.ts';
import { useRunTrial, useTrialRun, useTrialRuns } from '../../lib/api/rehearsals.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import type { SpokenLanguage } from './rehearsal-tab.tsx';
import { Stamp } from './stamp.tsx';
import { TrialTable } from './trial-table.tsx';

type Props = { campaign: Campaign; language: SpokenLanguage };

/** The scripted respondents, each with what should come of it beside what did; the newest run is open. */
export function TrialSection({ campaign, language }: Props) {
  const { t } = useTranslation();
  const runs = useTrialRuns(campaign.id);
  const [chosen, choose] = useState<string | null>(null);
  const run = useRunTrial(campaign.id);
  const newest = runs.data?.items.find((item) => item.language === language);
  const id = runs.data?.items.find((item) => item.id === chosen)?.id ?? newest?.id;
  const { data, error, isLoading } = useTrialRun(id);
  const play = () => run.mutate(language, { onSuccess: ({ id: made }) => choose(made) });
  return (
    <Section title={t('rehearsal.trial')} hint={t('rehearsal.trial_hint')} minHeight={160}>
      {campaign.can.rehearse && (
        <Button
          mb="md"
          variant="light"
          leftSection={<ListChecks size={16} aria-hidden />}
          loading={run.isPending}
          onClick={play}
        >
          {t('rehearsal.trial_start')}
        </Button>
      )}
      <span role="status">{run.isPending && <Text c="dimmed">{t('rehearsal.trial_running')}</Text>}</span>
      {run.error && <ProblemAlert error={run.error} />}
      {(runs.isPending || isLoading) && <LoadingRows rows={4} height={40} />}
      {(runs.error ?? error) && <ProblemAlert error={runs.error ?? error} />}
      {runs.data && !id && !run.isPending && <Text c="dimmed">{t('rehearsal.trial_empty')}</Text>}
      {data && (
        <>
          <Score run={data} />
          {(runs.data?.total ?? 0) > 1 && <Runs campaign={campaign} chosen={data.id} onChoose={choose} />}
          <TrialTable run={data} />
        </>
      )}
    </Section>
  );
}

function Score({ run }: { run: TrialRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { total, as_expected: count } = run;
  const isWhole = count === total;
  const Icon = isWhole ? CircleCheck : TriangleAlert;
  return (
    <>
      <Group gap="sm" mb="sm">
        <Badge
          color={isWhole ? 'green' : 'orange'}
          variant="light"
          tt="none"
          size="lg"
          leftSection={<Icon size={14} aria-hidden />}
        >
          {isWhole ? t('rehearsal.trial_all', { total }) : t('rehearsal.trial_some', { count, total })}
        </Badge>
        <Stamp stamp={run} />
        <Text size="sm" c="dimmed">
          {t('rehearsal.trial_stamp', { who: run.user_name, when: format.dateTime(run.started_at) })}
        </Text>
      </Group>
      {!run.is_current && (
        <Alert color="yellow" mb="sm" icon={<TriangleAlert aria-hidden />}>
          {t('rehearsal.trial_earlier')}
        </Alert>
      )}
    </>
  );
}

function Runs({
  campaign,
  chosen,
  onChoose,
}: {
  campaign: Campaign;
  chosen: string;
  onChoose(id: string): void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useTrialRuns(campaign.id);
  const items = data?.items ?? [];
  return (
    <Select
      label={t('rehearsal.runs')}
      size="xs"
      maw={340}
      mb="sm"
      allowDeselect={false}
      value={chosen}
      onChange={(id) => id && onChoose(id)}
      data={items.map(({ id, language, script_version: version, started_at }) => ({
        value: id,
        label: t('rehearsal.run_of', {
          language: t(`language.${language}`),
          version,
          when: format.dateTime(started_at),
        }),
      }))}
    />
  );
}
