import { z } from 'zod';
import { campaignCodebook } from '../../reporting/codebook/codebook.ts';
import { codebookPage } from '../../reporting/codebook/codebook-page.ts';
import { MANAGERS, route } from './route.ts';

export const codebookRoutes = [
  route({
    method: 'GET',
    path: '/api/campaigns/:id/codebook',
    access: MANAGERS,
    summary:
      'Variables, wording, dates, attempt rule, dispositions and rates: a methods report, as a page or as data',
    tag: 'results',
    params: z.object({ id: z.string() }),
    query: z.object({
      format: z.enum(['html', 'json']).default('html'),
      /** Of the labels; by the caller's own preference where it is not given. */
      language: z.enum(['en', 'it']).optional(),
    }),
    handle: async ({ ctx, params, query, language, reply }) => {
      const codebook = await campaignCodebook(ctx.db, {
        campaign_id: params.id,
        language: query.language ?? language,
        now: ctx.now(),
      });
      if (query.format === 'json') return reply.send(codebook);
      return reply.type('text/html; charset=utf-8').send(codebookPage(codebook));
    },
  }),
];
