import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../client.ts';
import type { Answer } from '../model.ts';

export type UserPage = Answer<'/api/admin/users', 'get'>;
export type User = UserPage['items'][number];
export type Role = NonNullable<User['role']>;
export type Session = Answer<'/api/auth/sessions', 'get'>['items'][number];
export type UserChange = { role?: Role | null; role_source?: 'claim'; disabled?: boolean };

export const ROLES = ['admin', 'campaign_manager', 'viewer'] as const satisfies Role[];

/** A page of the accounts. */
export function useUsers(query: { page: number; page_size: number }) {
  return api.useQuery(
    'get',
    '/api/admin/users',
    { params: { query } },
    { placeholderData: (previous) => previous },
  );
}

/** Overrides a role, hands it back to the identity provider, disables or enables an account. */
export function useUpdateUser() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, ...body }: UserChange & { id: string }) =>
      (await client.PUT('/api/admin/users/{id}', { params: { path: { id } }, body })).data as User,
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** A page of everybody's open sessions. */
export function useSessions(query: { page: number; page_size: number }) {
  return api.useQuery(
    'get',
    '/api/auth/sessions',
    { params: { query } },
    { placeholderData: (previous) => previous },
  );
}

/** Ends a session at once. */
export function useRevokeSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      await client.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/auth/sessions'] }),
  });
}
