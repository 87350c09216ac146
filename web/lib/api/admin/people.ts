import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../client.ts';
import type { Answer } from '../model.ts';
import type { paths } from '../schema.gen.ts';

export type Person = Answer<'/api/contacts/search', 'get'>;
export type PersonContact = Person['items'][number];
export type Certificate = Answer<'/api/admin/erasures/{id}', 'get'>;
export type Rectification = NonNullable<
  paths['/api/contacts/{id}']['patch']['requestBody']
>['content']['application/json'];

/** By number or by address, never both at once. */
export type PersonSearch = { phone_number: string; default_country?: string } | { email: string };

const at = (id: string) => ({ params: { path: { id } } });
const SEARCH = ['get', '/api/contacts/search'] as const;

/** Everything that is held under a number or an address. It is on record, so it is asked once for each search. */
export function usePerson(search: PersonSearch | null) {
  return api.useQuery(
    'get',
    '/api/contacts/search',
    { params: { query: { ...search, page_size: 200 } } },
    { enabled: search !== null, staleTime: Number.POSITIVE_INFINITY, retry: false },
  );
}

/** Everything held about the person behind a contact; on record, so only when somebody asks for it. */
export function usePersonData(contact_id: string, enabled: boolean) {
  return api.useQuery('get', '/api/contacts/{id}/data', at(contact_id), {
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The address of the same as a file. */
export const personDataHref = (contact_id: string) => `/api/contacts/${contact_id}/data`;

/** Corrects what is held of a contact. */
export function useRectify(contact_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Rectification) => {
      await client.PATCH('/api/contacts/{id}', { ...at(contact_id), body });
    },
    // Not waited for: who asked hears of it even when the person is no longer found by what was typed.
    onSuccess: () => void queries.invalidateQueries({ queryKey: SEARCH }),
  });
}

/** Holds everything of a contact against deletion, or lets it go. */
export function useLegalHold(contact_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: { legal_hold: boolean; reason: string | null }) => {
      await client.PUT('/api/contacts/{id}/legal-hold', { ...at(contact_id), body });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: SEARCH });
      void queries.invalidateQueries({ queryKey: ['get', '/api/admin/legal-holds'] });
      void queries.invalidateQueries({ queryKey: ['get', '/api/admin/retention'] });
    },
  });
}

/** Erases the person behind a contact everywhere; answers the certificate's id. */
export function useErase() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (contact_id: string) => {
      const { response } = await client.DELETE('/api/contacts/{id}', at(contact_id));
      return response.headers.get('location')?.split('/').pop() ?? null;
    },
    onSuccess: () => void queries.invalidateQueries(),
  });
}

const LOOK_AGAIN_MS = 3_000;

/** One certificate; asked again until the providers have confirmed too. */
export function useCertificate(id: string) {
  return api.useQuery('get', '/api/admin/erasures/{id}', at(id), {
    refetchInterval: (query) => (query.state.data?.status === 'completed' ? false : LOOK_AGAIN_MS),
  });
}

/** A page of the certificates, newest first. */
export function useCertificates(query: { page: number; page_size: number }) {
  return api.useQuery(
    'get',
    '/api/admin/erasures',
    { params: { query } },
    { placeholderData: (previous) => previous },
  );
}
