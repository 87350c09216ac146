import { z } from 'zod';
import type { outsideOf } from './config.ts';
import { url, whole } from './values.ts';

const flag = z.stringbool().default(false);
const names = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(/[\s,]+/)
      .filter((name) => name !== '')
      .map((name) => name.toLowerCase()),
  );

/** The settings of what carries events, letters and webhooks. */
export const POST_SETTINGS = z.object({
  EMAIL_MAX_ATTEMPTS: whole(8, 1, 50).describe('how often one mail is offered before it has failed'),
  EMAIL_TIMEOUT_SECONDS: whole(60, 1, 110).describe('how long the sending of one mail may take in all'),
  BUS: z.enum(['postgres', 'sqs']).default('postgres').describe('what carries survey events'),
  SQS_QUEUE_URL: url.optional().describe('queue of the survey events; a name that ends in .fifo is FIFO'),
  SQS_VISIBILITY_SECONDS: whole(60, 1, 43_200).describe(
    'how long a received message stays invisible between heartbeats',
  ),
  WEBHOOK_ALLOWED_HOSTS: names.describe(
    'hosts that webhooks may go to, comma-separated: crm.example, *.bi.example',
  ),
  WEBHOOK_ALLOW_INTERNAL: flag.describe('webhooks may go to internal addresses; refused in production'),
  WEBHOOK_TIMEOUT_MS: whole(15_000, 100, 60_000).describe('how long a webhook may take to answer'),
  WEBHOOK_MAX_ATTEMPTS: whole(10, 1, 50).describe('how often a webhook is tried before it is dead'),
});

type PostSettings = z.output<typeof POST_SETTINGS>;

/** The part of the configuration that they make. */
export function shapePost(settings: PostSettings, aws: ReturnType<typeof outsideOf>['aws']) {
  return {
    email_max_attempts: settings.EMAIL_MAX_ATTEMPTS,
    email_timeout_seconds: settings.EMAIL_TIMEOUT_SECONDS,
    ses_base_url: aws.endpoints.ses,
    bus: settings.BUS,
    sqs: {
      queue_url: settings.SQS_QUEUE_URL ?? null,
      base_url: aws.endpoints.sqs,
      visibility_seconds: settings.SQS_VISIBILITY_SECONDS,
    },
    aws_timeout_ms: aws.timeout_ms,
    webhooks: {
      allowed_hosts: settings.WEBHOOK_ALLOWED_HOSTS,
      allow_internal: settings.WEBHOOK_ALLOW_INTERNAL,
      timeout_ms: settings.WEBHOOK_TIMEOUT_MS,
      max_attempts: settings.WEBHOOK_MAX_ATTEMPTS,
    },
  };
}
