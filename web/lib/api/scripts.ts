import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, client } from './client.ts';
import type { ScriptDraft, ScriptPreview } from './model.ts';

/** The ready scripts in one language. */
export function useScriptTemplates(language: 'en' | 'it') {
  return api.useQuery(
    'get',
    '/api/script-templates',
    { params: { query: { language } } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
}

/** How a script sounds and what its introduction lacks, by the server's own rules; the last answer stays meanwhile. */
export function useScriptPreview(draft: ScriptDraft) {
  return useQuery({
    queryKey: ['script-preview', draft],
    queryFn: () => previewScript(draft),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** The same, once: assembles the introduction from its slots. */
export async function previewScript(draft: ScriptDraft): Promise<ScriptPreview> {
  return (await client.POST('/api/script-preview', { body: draft })).data as ScriptPreview;
}
