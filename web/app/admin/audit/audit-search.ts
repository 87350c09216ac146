import type { AuditFilter } from '../../../lib/api/admin/audit.ts';
import { compact, textParam } from '../../../lib/search-params.ts';

/** The groups of actions, by what their names begin with; each value is a prefix that the server understands. */
export const ACTION_GROUPS = [
  'campaign.',
  'contacts.',
  'contact.',
  'exclusion.',
  'settings.',
  'email_template.',
  'webhook.',
  'jurisdiction.',
  'user.',
  'auth.',
  'person.',
  'retention.',
  'provider_copy.',
  'keys.',
  'audit_log.',
] as const;

const dateParam = (value: unknown) => {
  const text = textParam(value);
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : undefined;
};

/** The filters of the log as they stand in its address; what makes no sense is left out. */
export const auditSearch = (search: Record<string, unknown>) =>
  compact({
    user_id: uuidParam(search.user_id),
    action: textParam(search.action),
    entity_id: textParam(search.entity_id),
    from: dateParam(search.from),
    to: dateParam(search.to),
  });
export type AuditSearch = ReturnType<typeof auditSearch>;

function uuidParam(value: unknown): string | undefined {
  const text = textParam(value);
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined;
}

/** Days begin and end where the reader is; «until» holds its day. */
export function toFilter({ from, to, ...rest }: AuditSearch): AuditFilter {
  return {
    ...rest,
    ...(from && { from: startOf(from, 0) }),
    ...(to && { to: startOf(to, 1) }),
  };
}

function startOf(day: string, plus: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + plus).toISOString();
}
