import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../client.ts';
import type { Answer } from '../model.ts';
import type { paths } from '../schema.gen.ts';

export type Settings = Answer<'/api/admin/config', 'get'>;
export type SettingsOptions = Answer<'/api/admin/config/options', 'get'>;
type SettingsInput = NonNullable<
  paths['/api/admin/config']['put']['requestBody']
>['content']['application/json'];
export type SettingsSection = keyof SettingsInput & keyof Settings;
export type TestedSection = 'telephony' | 'llm' | 'email';
export type ConnectionTest = Answer<'/api/admin/config/test', 'post'>;

const CONFIG = ['get', '/api/admin/config'] as const;

/** How the product is run; a form that is being filled in is not disturbed by a later answer. */
export function useSettings() {
  return api.useQuery('get', '/api/admin/config');
}

/** What the settings can be chosen from. */
export function useSettingsOptions() {
  return api.useQuery('get', '/api/admin/config/options', {}, { staleTime: Number.POSITIVE_INFINITY });
}

/** The settings as they are stored at this moment. */
export async function fetchSettings(): Promise<Settings> {
  return (await client.GET('/api/admin/config')).data as Settings;
}

type Change = { section: SettingsSection; values: Record<string, unknown>; revision: number };

/** Changes a part of one section, unless somebody else has changed the settings since `revision`. */
export function useSaveSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ section, values, revision }: Change) => {
      const { data } = await client.PUT('/api/admin/config', {
        body: { [section]: values } as SettingsInput,
        headers: { 'if-match': `"${revision}"` },
      });
      return data as Settings;
    },
    onSuccess: (saved) => {
      queries.setQueriesData({ queryKey: CONFIG }, saved);
      void queries.invalidateQueries({ queryKey: ['get', '/api/admin/config/versions'] });
      return queries.invalidateQueries({ queryKey: ['get', '/api/admin/retention'] });
    },
  });
}

/** Tries the stored settings of a section. */
export function useTestConnection() {
  return useMutation({
    mutationFn: async (section: TestedSection) =>
      (await client.POST('/api/admin/config/test', { body: { section } })).data as ConnectionTest,
  });
}

export type SettingsVersion = Answer<'/api/admin/config/versions', 'get'>['items'][number];

/** The settings as they were, the present ones first. */
export function useSettingsVersions(query: { page: number; page_size: number }) {
  return api.useQuery(
    'get',
    '/api/admin/config/versions',
    { params: { query } },
    { placeholderData: (previous) => previous },
  );
}
