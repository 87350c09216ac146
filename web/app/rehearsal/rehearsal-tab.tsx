import { SegmentedControl, Stack } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign } from '../../lib/api/model.ts';
import { PlaySection } from './play-section.tsx';
import { RehearsalHistory } from './rehearsal-history.tsx';
import { TrialSection } from './trial-section.tsx';

const LANGUAGES = ['en', 'it'] as const;
export type SpokenLanguage = (typeof LANGUAGES)[number];

/** The call before the calls: played by hand, by a scripted cast, and who has played it so far. */
export function RehearsalTab({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { rehearsal } = useSearch({ from: '/shell/campaigns/$id' });
  const [language, setLanguage] = useState<SpokenLanguage>(campaign.language);
  const spoken = LANGUAGES.filter((one) => one === campaign.language || campaign.translations[one]);
  return (
    <Stack gap="lg">
      {spoken.length > 1 && (
        <SegmentedControl
          aria-label={t('rehearsal.language')}
          value={language}
          onChange={(value) => setLanguage(value as SpokenLanguage)}
          data={spoken.map((value) => ({ value, label: t(`language.${value}`) }))}
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      {campaign.can.rehearse && <PlaySection campaign={campaign} language={language} id={rehearsal} />}
      <TrialSection campaign={campaign} language={language} />
      <RehearsalHistory campaign={campaign} />
    </Stack>
  );
}
