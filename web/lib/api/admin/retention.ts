import { api } from '../client.ts';
import type { Answer } from '../model.ts';

export type Retention = Answer<'/api/admin/retention', 'get'>;
export type RetentionClass = Retention['classes'][number]['class'];

/** What was deleted because its time was over, and what is due. */
export function useRetention() {
  return api.useQuery('get', '/api/admin/retention', {}, { refetchInterval: 30_000 });
}

export type LegalHold = Answer<'/api/admin/legal-holds', 'get'>['items'][number];

/** A page of the contacts whose data is held. */
export function useLegalHolds(query: { page: number; page_size: number }) {
  return api.useQuery(
    'get',
    '/api/admin/legal-holds',
    { params: { query } },
    { placeholderData: (previous) => previous },
  );
}
