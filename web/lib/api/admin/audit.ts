import { useMutation } from '@tanstack/react-query';
import { api, client } from '../client.ts';
import type { Answer } from '../model.ts';

export type AuditEntry = Answer<'/api/admin/audit-log', 'get'>['items'][number];
export type AuditVerdict = Answer<'/api/admin/audit-log/verify', 'post'>;
export type AuditFilter = {
  user_id?: string;
  action?: string;
  entity?: string;
  entity_id?: string;
  from?: string;
  to?: string;
};

/** A page of the audit log, newest first. */
export function useAuditLog(query: AuditFilter & { page: number; page_size: number }) {
  return api.useQuery(
    'get',
    '/api/admin/audit-log',
    { params: { query } },
    { placeholderData: (previous) => previous },
  );
}

/** The address of the same entries as a file; taking it is on record as well. */
export function auditHref(filter: AuditFilter): string {
  return `/api/admin/audit-log?${new URLSearchParams({ ...filter, format: 'csv' })}`;
}

/** Walks the whole chain; answers whether it is whole, or where it breaks. */
export function useVerifyAudit() {
  return useMutation({
    mutationFn: async () => (await client.POST('/api/admin/audit-log/verify')).data as AuditVerdict,
  });
}
