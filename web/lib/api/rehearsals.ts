import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, client } from './client.ts';
import type { Rehearsal, RehearsalTurn, TrialRun } from './model.ts';

const PAGE_SIZE = 10;
const rehearsalKey = (id: string) => ['rehearsal', id];

/** One rehearsal with its conversation; nothing is fetched without an id. */
export function useRehearsal(id: string | undefined) {
  return useQuery({
    queryKey: rehearsalKey(id ?? ''),
    queryFn: async () =>
      (await client.GET('/api/rehearsals/{id}', { params: { path: { id: id! } } })).data as Rehearsal,
    enabled: id !== undefined,
    retry: false,
  });
}

/** Who rehearsed this campaign, newest first. */
export function useRehearsals(id: string, page: number) {
  const params = { path: { id }, query: { page, page_size: PAGE_SIZE } };
  return api.useQuery('get', '/api/campaigns/{id}/rehearsals', { params });
}

/** Opens the line in one of the campaign's languages. */
export function useStartRehearsal(campaign_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (language: 'en' | 'it') => {
      const at = { params: { path: { id: campaign_id } }, body: { language } };
      return (await client.POST('/api/campaigns/{id}/rehearsals', at)).data as Rehearsal;
    },
    onSuccess: async (rehearsal) => {
      queries.setQueryData(rehearsalKey(rehearsal.id), rehearsal);
      await queries.invalidateQueries({ queryKey: ['get', '/api/campaigns/{id}/rehearsals'] });
    },
  });
}

/** What the respondent says or does; the agent's reply is on screen with the answer. */
export function useTakeTurn(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: RehearsalTurn) =>
      (await client.POST('/api/rehearsals/{id}/turns', { params: { path: { id } }, body })).data as Rehearsal,
    onSuccess: (rehearsal) => {
      queries.setQueryData(rehearsalKey(id), rehearsal);
      // The next turn need not wait for these.
      void queries.invalidateQueries({ queryKey: ['get', '/api/campaigns/{id}/rehearsals'] });
      if (rehearsal.ended_at === null) return;
      void queries.invalidateQueries({ queryKey: ['get', '/api/campaigns/{id}/readiness'] });
    },
    // It went on in another window: show where it is.
    onError: () => queries.invalidateQueries({ queryKey: rehearsalKey(id) }),
  });
}

/** The trial runs of a campaign, newest first. */
export function useTrialRuns(id: string) {
  const params = { path: { id }, query: { page_size: PAGE_SIZE } };
  return api.useQuery('get', '/api/campaigns/{id}/trial-runs', { params });
}

/** One trial run with everything that was said in it. */
export function useTrialRun(id: string | undefined) {
  return useQuery({
    queryKey: ['trial-run', id],
    queryFn: async () =>
      (await client.GET('/api/trial-runs/{id}', { params: { path: { id: id! } } })).data as TrialRun,
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Plays all scripted respondents. */
export function useRunTrial(campaign_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (language: 'en' | 'it') => {
      const at = { params: { path: { id: campaign_id } }, body: { language } };
      return (await client.POST('/api/campaigns/{id}/trial-runs', at)).data as TrialRun;
    },
    onSuccess: async (run) => {
      queries.setQueryData(['trial-run', run.id], run);
      await queries.invalidateQueries({ queryKey: ['get', '/api/campaigns/{id}/trial-runs'] });
    },
  });
}
