import { z } from 'zod';
import { listLegalHolds } from '../../privacy/list-legal-holds.ts';
import { retentionReport } from '../../privacy/retention-report.ts';
import { paged, pageQuery, toPage } from './paging.ts';
import { ADMINS, route } from './route.ts';

const tag = 'people’s rights';
const retentionClass = z.enum(['recording', 'transcript', 'consent', 'answer', 'phone_number']);
const retention = z.object({
  classes: z.array(
    z.object({
      class: retentionClass,
      days: z.number(),
      due: z.number(),
      next_due_at: z.date().nullable(),
      deleted_total: z.number(),
      last_swept_at: z.date().nullable(),
    }),
  ),
  sweeps: z.array(
    z.object({ class: retentionClass, swept_at: z.date(), older_than: z.date(), deleted: z.number() }),
  ),
  provider: z.object({
    pending: z.number(),
    failing: z.number(),
    confirmed: z.number(),
    oldest_pending_at: z.date().nullable(),
  }),
  held: z.number(),
});

export const retentionRoutes = [
  route({
    method: 'GET',
    path: '/api/admin/legal-holds',
    access: ADMINS,
    summary: 'Contacts whose data is held against deletion, with the reason',
    tag,
    query: pageQuery,
    response: paged(
      z.object({
        contact_id: z.string(),
        external_contact_id: z.string().nullable(),
        campaign_id: z.string(),
        campaign_name: z.string(),
        reason: z.string(),
        placed_at: z.date(),
        placed_by: z.string(),
      }),
    ),
    handle: async ({ ctx, query }) => {
      const { items, total } = await listLegalHolds(ctx.db, query);
      return toPage(items, total, query);
    },
  }),
  route({
    method: 'GET',
    path: '/api/admin/retention',
    access: ADMINS,
    summary: 'What was deleted because its time was over, what is due, what the providers have not confirmed',
    tag,
    response: retention,
    handle: async ({ ctx }) => retentionReport(ctx.db, ctx.now()),
  }),
];
