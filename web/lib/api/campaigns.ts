import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from './client.ts';
import type { Answer, Campaign, CampaignInput, CampaignStatus } from './model.ts';

/** Figures are fetched again this often while their page is in the foreground. */
export const LIVE_MS = 5_000;

export type CampaignFilter = {
  status?: CampaignStatus;
  q?: string;
  page: number;
  page_size: number;
  sort?: string;
};

/** A page of campaigns, kept fresh. */
export function useCampaigns(query: CampaignFilter) {
  return api.useQuery(
    'get',
    '/api/campaigns',
    // The address holds any text as `sort`; the server refuses what it cannot sort by.
    { params: { query: query as never } },
    { refetchInterval: LIVE_MS, placeholderData: (previous) => previous },
  );
}

/** One campaign, kept fresh: the system may complete or pause it while somebody looks. */
export function useCampaign(id: string) {
  return api.useQuery(
    'get',
    '/api/campaigns/{id}',
    { params: { path: { id } } },
    { refetchInterval: LIVE_MS },
  );
}

/** What still keeps the campaign from being activated. */
export function useReadiness(id: string, enabled: boolean) {
  return api.useQuery(
    'get',
    '/api/campaigns/{id}/readiness',
    { params: { path: { id } } },
    { enabled, refetchInterval: LIVE_MS },
  );
}

/** The campaign's figures, kept fresh: by asking, unless a stream brings them. */
export function useStats(id: string, isStreamed = false) {
  return api.useQuery(
    'get',
    '/api/campaigns/{id}/stats',
    { params: { path: { id } } },
    { refetchInterval: isStreamed ? false : LIVE_MS },
  );
}

/** Calls by the hour or day in which they began. */
export function useTimeSeries(id: string, bucket: 'hour' | 'day') {
  return api.useQuery(
    'get',
    '/api/campaigns/{id}/stats',
    { params: { path: { id }, query: { bucket } } },
    {
      refetchInterval: LIVE_MS,
      placeholderData: (previous) => previous,
      select: ({ time_series }) => time_series,
    },
  );
}

const at = (id: string) => ({ params: { path: { id } } });
const MOVES = {
  activate: (id: string, scheduled_at?: string) =>
    // Null is "now", also for a campaign that has a start of its own.
    client.POST('/api/campaigns/{id}/activate', { ...at(id), body: { scheduled_at: scheduled_at ?? null } }),
  unschedule: (id: string) => client.POST('/api/campaigns/{id}/unschedule', at(id)),
  pause: (id: string) => client.POST('/api/campaigns/{id}/pause', at(id)),
  resume: (id: string) => client.POST('/api/campaigns/{id}/resume', at(id)),
  cancel: (id: string) => client.POST('/api/campaigns/{id}/cancel', at(id)),
  duplicate: (id: string) => client.POST('/api/campaigns/{id}/duplicate', at(id)),
};
export type CampaignMove = keyof typeof MOVES;

/** Moves a campaign along its life; answers the campaign it moved, or the new one of `duplicate`. */
export function useMoveCampaign(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ move, scheduled_at }: { move: CampaignMove; scheduled_at?: string | undefined }) =>
      (await MOVES[move](id, scheduled_at)).data as Campaign,
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Approves the wording for its sensitive topic; administrators only. */
export function useApproveCampaign(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (reason: string) => {
      await client.POST('/api/campaigns/{id}/approve', { ...at(id), body: { reason } });
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** Deletes a campaign from every list; what was recorded of its calls stays. */
export function useDeleteCampaign(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await client.DELETE('/api/campaigns/{id}', at(id));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/campaigns'] }),
  });
}

/** A campaign that is being edited, and the revision that its form began with. */
export type Edited = { id: string; revision: number };

/** Creates a campaign, or replaces the editable fields of one unless somebody else changed it meanwhile. */
export function useSaveCampaign(edited: Edited | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: CampaignInput) => {
      const { data } =
        edited === null
          ? await client.POST('/api/campaigns', { body })
          : await client.PUT('/api/campaigns/{id}', {
              ...at(edited.id),
              body,
              headers: { 'if-match': `"${edited.revision}"` },
            });
      return data as Campaign;
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** The e-mail templates that a campaign may name; only administrators may read them. */
export function useEmailTemplates(enabled: boolean) {
  return api.useQuery(
    'get',
    '/api/admin/email-templates',
    { params: { query: { page_size: 200 } } },
    { enabled, retry: false, staleTime: 60_000 },
  );
}

export type CampaignDefaults = Answer<'/api/campaign-defaults', 'get'>;

/** The calling rules with which a new campaign begins. */
export function useCampaignDefaults() {
  return api.useQuery('get', '/api/campaign-defaults', {}, { staleTime: 0, gcTime: 0 });
}
