import { z } from 'zod';
import { SURVEY_EVENT_TYPES } from '../../events/survey-event.ts';
import { isWebhookSecret } from './sign-webhook.ts';

const fields = {
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  description: z.string().max(500).default(''),
  event_types: z
    .array(z.enum(SURVEY_EVENT_TYPES))
    .min(1)
    .transform((types) => [...new Set(types)])
    .default([...SURVEY_EVENT_TYPES]),
  is_active: z.boolean().default(true),
  /** One's own, in place of one that is made. */
  secret: z
    .string()
    .refine(isWebhookSecret, 'must be whsec_ followed by 24 to 64 bytes in base64')
    .optional(),
};

/** What an administrator enters of a receiver of survey events. */
export const webhookInput = z.object(fields);
export type WebhookInput = z.infer<typeof webhookInput>;

/** A replacement: `rotate_secret` makes a new secret; the one before signs as well for a day. */
export const webhookUpdate = z.object({ ...fields, rotate_secret: z.boolean().default(false) });
export type WebhookUpdate = z.infer<typeof webhookUpdate>;

export const deliveryStatus = z.enum(['pending', 'sending', 'delivered', 'dead']);

/** As read back; the secret itself is shown once, when it was made. */
export const webhookAnswer = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  event_types: z.array(z.enum(SURVEY_EVENT_TYPES)),
  is_active: z.boolean(),
  inactive_reason: z.string().nullable(),
  secret: z.object({ configured: z.boolean(), last_four: z.string() }),
  new_secret: z.string().optional(),
  previous_secret_until: z.date().nullable(),
  deliveries: z.object({ waiting: z.number(), delivered: z.number(), dead: z.number() }),
  created_at: z.date(),
  updated_at: z.date(),
});

export const deliveryAnswer = z.object({
  id: z.string(),
  webhook_id: z.string(),
  event_id: z.string(),
  event_type: z.string(),
  status: deliveryStatus,
  attempts: z.number(),
  next_attempt_at: z.date().nullable(),
  response_status: z.number().nullable(),
  error_message: z.string().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
});

/** Which events are sent again: the named ones, those of a period, or without either the dead ones. */
export const replayInput = z
  .object({
    event_ids: z.array(z.uuid()).min(1).max(1_000),
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
  })
  .partial()
  .nullish();
export type ReplayInput = z.infer<typeof replayInput>;
