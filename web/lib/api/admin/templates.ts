import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../client.ts';
import type { Answer } from '../model.ts';
import type { paths } from '../schema.gen.ts';

export type TemplatePage = Answer<'/api/admin/email-templates', 'get'>;
export type Template = TemplatePage['items'][number];
export type TemplateInput = NonNullable<
  paths['/api/admin/email-templates']['post']['requestBody']
>['content']['application/json'];
export type TemplateDraft = NonNullable<
  paths['/api/admin/email-templates/preview']['post']['requestBody']
>['content']['application/json'];
export type Letter = Answer<'/api/admin/email-templates/preview', 'post'>;
export type TestLetter = Answer<'/api/admin/email-templates/{id}/test', 'post'>;
export type SentLetter = Answer<'/api/admin/email-notifications', 'get'>['items'][number];
export type LetterStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'unknown' | 'skipped';

export const TEMPLATE_TYPES = ['completed', 'refused', 'not_reached'] as const satisfies Template['type'][];
export const LETTER_STATUSES = [
  'pending',
  'sending',
  'sent',
  'failed',
  'unknown',
  'skipped',
] as const satisfies LetterStatus[];

const at = (id: string) => ({ params: { path: { id } } });

/** The templates, and the variables that each may use. */
export function useTemplates() {
  return api.useQuery('get', '/api/admin/email-templates', { params: { query: { page_size: 200 } } });
}

/** One template with the campaigns that use it. */
export function useTemplate(id: string) {
  return api.useQuery('get', '/api/admin/email-templates/{id}', at(id), { refetchOnWindowFocus: false });
}

/** Adds a template, or replaces the one with this id. */
export function useSaveTemplate(id: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: TemplateInput) => {
      const { data } =
        id === null
          ? await client.POST('/api/admin/email-templates', { body })
          : await client.PUT('/api/admin/email-templates/{id}', { ...at(id), body });
      return data as Template;
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** Takes a template away. */
export function useDeleteTemplate(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await client.DELETE('/api/admin/email-templates/{id}', at(id));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/admin/email-templates'] }),
  });
}

/** The letter of a text that is not stored yet; the one before stays on screen while somebody types. */
export function useLetterPreview(draft: TemplateDraft) {
  return api.useQuery(
    'post',
    '/api/admin/email-templates/preview',
    { body: draft },
    { placeholderData: (previous) => previous, staleTime: 60_000, retry: false },
  );
}

/** Sends the stored letter to one's own address or another, and answers what the mail server said. */
export function useSendTest(id: string) {
  return useMutation({
    mutationFn: async (to: string | null) =>
      (
        await client.POST('/api/admin/email-templates/{id}/test', {
          ...at(id),
          body: to === null ? {} : { to },
        })
      ).data as TestLetter,
  });
}

/** What became of the follow-up e-mails. */
export function useSentLetters(query: { status?: LetterStatus; page: number; page_size: number }) {
  return api.useQuery(
    'get',
    '/api/admin/email-notifications',
    { params: { query } },
    { placeholderData: (previous) => previous },
  );
}
