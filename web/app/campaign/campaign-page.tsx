import { Alert, Anchor, Breadcrumbs, Tabs, Text } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { BarChart3, CalendarClock, Download, Drama, MessageSquareText, Users } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { CampaignBadge } from '../../components/status-badge.tsx';
import { useCampaign } from '../../lib/api/campaigns.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { oneOf } from '../../lib/search-params.ts';
import { ContactsTab } from '../contacts/contacts-tab.tsx';
import { ExportsTab } from '../exports/exports-tab.tsx';
import { RehearsalTab } from '../rehearsal/rehearsal-tab.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { ScriptTab } from './script-tab.tsx';

const TABS = {
  overview: BarChart3,
  contacts: Users,
  script: MessageSquareText,
  rehearsal: Drama,
  exports: Download,
} as const;
type Tab = keyof typeof TABS;

/** One campaign: what it is, how it goes, whom it calls and what may be done with it now. */
export function CampaignPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/campaigns/$id' });
  const { tab = 'overview' } = useSearch({ from: '/shell/campaigns/$id' });
  const navigate = useNavigate({ from: '/campaigns/$id' });
  const format = useFormat();
  const query = useCampaign(id);
  if (query.isPending) return <LoadingRows rows={5} height={90} />;
  if (!query.data) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  const campaign = query.data;
  const tabs: Tab[] = [
    'overview',
    'contacts',
    'script',
    'rehearsal',
    ...(campaign.can.export ? ['exports' as const] : []),
  ];
  const show = (next: string | null) => {
    const chosen = oneOf(['contacts', 'script', 'rehearsal', 'exports'], next);
    void navigate({ search: chosen ? { tab: chosen } : {} });
  };
  return (
    <>
      <PageHeader
        title={campaign.name}
        badge={<CampaignBadge status={campaign.status} />}
        before={
          <Breadcrumbs mb={6} aria-label={t('shell.breadcrumbs')}>
            <Anchor component={Link} to="/campaigns" size="sm">
              {t('shell.campaigns')}
            </Anchor>
          </Breadcrumbs>
        }
        subtitle={`${campaign.organization_name} · ${t(`language.${campaign.language}`)}`}
        actions={<CampaignActions campaign={campaign} />}
      />
      {campaign.status_reason && (
        <Alert color="yellow" mb="md" title={t('campaign.paused_by_system')}>
          <Text size="sm">{campaign.status_reason}</Text>
        </Alert>
      )}
      {campaign.status === 'scheduled' && (
        <Alert color="indigo" mb="md" icon={<CalendarClock aria-hidden />}>
          {t('campaign.starts_at', {
            at: format.dateTime(campaign.scheduled_at),
            zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          })}
        </Alert>
      )}
      <Tabs value={tab} onChange={show} keepMounted={false}>
        <Tabs.List mb="lg">
          {tabs.map((value) => {
            const Icon = TABS[value];
            return (
              <Tabs.Tab key={value} value={value} leftSection={<Icon size={16} aria-hidden />}>
                {t(`tab.${value}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <OverviewTab campaign={campaign} />
        </Tabs.Panel>
        <Tabs.Panel value="contacts">
          <ContactsTab campaign={campaign} />
        </Tabs.Panel>
        <Tabs.Panel value="script">
          <ScriptTab campaign={campaign} />
        </Tabs.Panel>
        <Tabs.Panel value="rehearsal">
          <RehearsalTab campaign={campaign} />
        </Tabs.Panel>
        {campaign.can.export && (
          <Tabs.Panel value="exports">
            <ExportsTab campaign={campaign} />
          </Tabs.Panel>
        )}
      </Tabs>
    </>
  );
}
