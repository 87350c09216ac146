import { z } from 'zod';
import { previewScript, scriptDraft } from '../../campaigns/scripts/preview-script.ts';
import { scriptTemplates, TEMPLATE_IDS } from '../../campaigns/scripts/script-templates.ts';
import { MANAGERS, READERS, route } from './route.ts';

const tag = 'campaigns';
const seconds = z.number().int();
const spoken_seconds = z.object({ intro: seconds, questions: z.array(seconds), total: seconds });

/** Scripts before they belong to a campaign: ready ones, and one while it is being written. */
export const scriptRoutes = [
  route({
    method: 'GET',
    path: '/api/script-templates',
    access: READERS,
    summary: 'Ready scripts with complete consent wording; `language` narrows them to one',
    tag,
    query: z.object({ language: z.enum(['en', 'it']).optional() }),
    response: z.object({
      items: z.array(
        z.object({
          id: z.enum(TEMPLATE_IDS),
          language: z.enum(['en', 'it']),
          name: z.string(),
          description: z.string(),
          purpose: z.string(),
          duration_minutes: z.number().int(),
          intro_script: z.string().describe('Complete but for {organization_name} and {contact}'),
          questions: z.array(
            z.object({
              text: z.string(),
              type: z.enum(['free_text', 'numeric', 'scale']),
              scale_min: z.number().int().nullable(),
              scale_max: z.number().int().nullable(),
            }),
          ),
          spoken_seconds,
        }),
      ),
    }),
    handle: async ({ query }) => {
      const languages = query.language ? [query.language] : (['en', 'it'] as const);
      return { items: languages.flatMap((language) => scriptTemplates(language)) };
    },
  }),
  route({
    method: 'POST',
    path: '/api/script-preview',
    access: MANAGERS,
    summary:
      'A script while it is written: its assembled introduction, what that lacks, how long it takes to say',
    tag,
    body: scriptDraft,
    response: z.object({
      intro_script: z.string(),
      spoken_seconds,
      checks: z.array(z.object({ code: z.string(), ok: z.boolean(), message: z.string() })),
    }),
    handle: async ({ body, language }) => previewScript(body, language),
  }),
];
