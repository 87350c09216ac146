import { z } from 'zod';
import { templateFaults } from './render.ts';

export const templateType = z.enum(['completed', 'refused', 'not_reached']);

const liquid = (max: number, min = 1) =>
  z
    .string()
    .min(min)
    .max(max)
    .superRefine((text, context) => {
      for (const fault of templateFaults(text)) context.addIssue(fault);
    });

/** What an administrator enters; every text may use the closed list of variables. */
export const templateInput = z.object({
  name: z.string().trim().min(1).max(200),
  type: templateType,
  locale: z.enum(['en', 'it']),
  // A line break in a header would begin another header.
  subject: liquid(300).refine((text) => !/[\r\n]/.test(text), 'must be one line'),
  body_html: liquid(100_000),
  // Absent: made from the HTML when a mail is sent.
  body_text: liquid(100_000, 0).default(''),
  is_default: z.boolean().default(false),
});
export type TemplateInput = z.infer<typeof templateInput>;

export const templateAnswer = z.object({
  ...templateInput.shape,
  id: z.string(),
  subject: z.string(),
  body_html: z.string(),
  body_text: z.string(),
  is_default: z.boolean(),
  created_at: z.date(),
  updated_at: z.date(),
});
