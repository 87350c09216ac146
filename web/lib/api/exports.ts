import { LIVE_MS } from './campaigns.ts';
import { api } from './client.ts';

export type ExportFormat = 'csv' | 'xlsx';

/** The exports made so far, kept fresh. */
export function useExports(id: string) {
  return api.useQuery(
    'get',
    '/api/campaigns/{id}/exports',
    { params: { path: { id } } },
    { refetchInterval: LIVE_MS },
  );
}

/** The address of a download; the browser streams it to disk, however large it is. */
export function exportHref(id: string, format: ExportFormat, reason: string): string {
  const query = new URLSearchParams({ format });
  if (reason.trim()) query.set('reason', reason.trim());
  return `/api/campaigns/${id}/export?${query}`;
}
