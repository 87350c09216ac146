import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, client } from '../client.ts';
import type { Answer } from '../model.ts';
import type { paths } from '../schema.gen.ts';

export type Jurisdiction = Answer<'/api/admin/jurisdictions', 'get'>['items'][number];
export type JurisdictionInput = NonNullable<
  paths['/api/admin/jurisdictions/{country}']['put']['requestBody']
>['content']['application/json'];

/** What the law of each country asks of a call. */
export function useJurisdictions() {
  return api.useQuery('get', '/api/admin/jurisdictions');
}

/** Changes a country's profile, or makes one. */
export function useSaveJurisdiction(country: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: JurisdictionInput) =>
      (await client.PUT('/api/admin/jurisdictions/{country}', { params: { path: { country } }, body }))
        .data as Jurisdiction,
    onSuccess: () => queries.invalidateQueries(),
  });
}
