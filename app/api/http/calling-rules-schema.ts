import { z } from 'zod';

/** Calling rules as they are answered. */
export const callingRulesSchema = z.object({
  max_attempts: z.number(),
  retry_interval_minutes: z.number(),
  allowed_call_start_local: z.string(),
  allowed_call_end_local: z.string(),
  allowed_weekdays: z.array(z.string()),
  call_on_public_holidays: z.boolean(),
  time_zone: z.string().nullable(),
});
