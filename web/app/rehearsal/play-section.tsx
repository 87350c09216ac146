import { Button, SimpleGrid, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Drama, Play, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../components/empty-panel.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Section } from '../../components/section.tsx';
import type { Campaign, Rehearsal } from '../../lib/api/model.ts';
import { useRehearsal, useStartRehearsal } from '../../lib/api/rehearsals.ts';
import { LiveRehearsal } from './live-rehearsal.tsx';
import type { SpokenLanguage } from './rehearsal-tab.tsx';
import { Stamp } from './stamp.tsx';
import { VerdictSection } from './verdict-section.tsx';

type Props = { campaign: Campaign; language: SpokenLanguage; id: string | undefined };

/** The conversation on one side, what a call would record of it on the other. The address names it, so reloading loses nothing. */
export function PlaySection({ campaign, language, id }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const start = useStartRehearsal(campaign.id);
  const { data: rehearsal, error, isLoading } = useRehearsal(id);
  const begin = () =>
    start.mutate(language, {
      onSuccess: ({ id: begun }) =>
        void navigate({ search: { tab: 'rehearsal', rehearsal: begun }, resetScroll: false }),
    });
  const button = (label: 'rehearsal.start' | 'rehearsal.again') => (
    <Button
      leftSection={
        label === 'rehearsal.start' ? <Play size={16} aria-hidden /> : <RotateCcw size={16} aria-hidden />
      }
      variant={label === 'rehearsal.start' ? 'filled' : 'light'}
      loading={start.isPending}
      onClick={begin}
    >
      {t(label)}
    </Button>
  );
  return (
    <SimpleGrid cols={{ base: 1, md: rehearsal ? 2 : 1 }} spacing="lg">
      <Section
        title={t('rehearsal.title')}
        hint={rehearsal ? <PlayedWording rehearsal={rehearsal} /> : t('rehearsal.hint')}
        minHeight={300}
      >
        {start.error && <ProblemAlert error={start.error} />}
        {isLoading && <LoadingRows rows={3} height={60} />}
        {error && <ProblemAlert error={error} />}
        {!rehearsal && !isLoading && (
          <EmptyPanel
            icon={Drama}
            title={t('rehearsal.empty')}
            text={t('rehearsal.empty_text')}
            action={button('rehearsal.start')}
          />
        )}
        {rehearsal && (
          <LiveRehearsal key={rehearsal.id} rehearsal={rehearsal} again={button('rehearsal.again')} />
        )}
      </Section>
      {rehearsal && <VerdictSection rehearsal={rehearsal} campaign={campaign} />}
    </SimpleGrid>
  );
}

function PlayedWording({ rehearsal }: { rehearsal: Rehearsal }) {
  const { t } = useTranslation();
  return (
    <>
      <Stamp stamp={rehearsal} />
      {rehearsal.is_draft && (
        <Text component="span" size="sm" display="block">
          {t('rehearsal.draft_hint')}
        </Text>
      )}
    </>
  );
}
