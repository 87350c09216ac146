import { Readable } from 'node:stream';
import { z } from 'zod';
import { auditCsv, listAudit } from '../../audit/list-audit.ts';
import { recordAuditExport } from '../../audit/record-audit-export.ts';
import { verifyAudit } from '../../audit/verify-audit.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { ADMINS, route } from './route.ts';

/** RFC 3339, or a date alone, which begins in UTC. */
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text));
const auditEntry = z.object({
  id: z.number(),
  at: z.date(),
  user_id: z.string().nullable(),
  user_name: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  entity_id: z.string().nullable(),
  changes: z.unknown(),
});

export const auditRoutes = [
  route({
    method: 'POST',
    path: '/api/admin/audit-log/verify',
    access: ADMINS,
    summary: 'Walk the whole chain of the audit log: whole, or what is wrong with it and from which entry on',
    tag: 'admin',
    response: z.object({
      entries: z.number(),
      head: z.string(),
      fault: z
        .object({
          kind: z.enum(['entry_changed', 'entries_missing', 'entries_added', 'seal_broken']),
          at: z.number(),
        })
        .nullable(),
    }),
    handle: async ({ ctx }) => verifyAudit(ctx.db, { sealKey: ctx.auditSealKey }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/audit-log',
    access: ADMINS,
    summary: 'Who did what, newest first',
    tag: 'admin',
    query: pageQuery.extend({
      user_id: z.uuid().optional(),
      action: z.string().max(100).optional(),
      entity: z.string().max(100).optional(),
      entity_id: z.string().max(100).optional(),
      from: moment.optional(),
      to: moment.optional(),
      format: z.enum(['json', 'csv']).default('json'),
    }),
    response: paged(auditEntry),
    handle: async ({ ctx, query, actor, reply }) => {
      const { format, page, page_size, ...filter } = query;
      if (format === 'json') {
        const { items, total } = await listAudit(ctx.db, { ...filter, page, page_size });
        return toPage(items, total, query);
      }
      await recordAuditExport(ctx.db, { filter, actor, now: ctx.now() });
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="audit-log.csv"')
        .send(Readable.from(auditCsv(ctx.db, filter)));
    },
  }),
];
