import { LIVE_MS } from './campaigns.ts';
import { api } from './client.ts';
import type { CallOutcome, ContactState } from './model.ts';

export type ContactFilter = {
  state?: ContactState;
  outcome?: CallOutcome;
  q?: string;
  sort?: string;
  page: number;
  page_size: number;
};

/** A page of contacts, kept fresh; the page before stays on screen while the next one is fetched. */
export function useContacts(id: string, query: ContactFilter) {
  return api.useQuery(
    'get',
    '/api/campaigns/{id}/contacts',
    { params: { path: { id }, query: query as never } },
    { refetchInterval: LIVE_MS, placeholderData: (previous) => previous },
  );
}

/** One contact with its attempts, kept fresh. */
export function useContact(id: string, contact_id: string) {
  return api.useQuery(
    'get',
    '/api/campaigns/{id}/contacts/{contact_id}',
    { params: { path: { id, contact_id } } },
    { refetchInterval: LIVE_MS },
  );
}
