import { z } from 'zod';

/** The topic on which survey events travel. */
export const SURVEY_EVENTS = 'survey-events';

/** Of docs/events/survey-event.v1.schema.json; a change that breaks a reader is a new number and a new file. */
export const SCHEMA_VERSION = '1';

export const SURVEY_EVENT_TYPES = ['survey.completed', 'survey.refused', 'survey.not_reached'] as const;

const eventAnswer = z.object({
  question: z.number(),
  type: z.string(),
  answer: z.string().nullable(),
  confidence: z.number().nullable(),
});
export type EventAnswer = z.infer<typeof eventAnswer>;

/** The message that consumers get, at least once; `event_id` is what they tell repeats by. */
export const surveyEventMessage = z.object({
  event_id: z.uuid(),
  event_type: z.enum(SURVEY_EVENT_TYPES),
  campaign_id: z.uuid(),
  contact_id: z.uuid(),
  call_id: z.string().nullable(),
  /** RFC 3339 */
  timestamp: z.string(),
  outcome: z.enum(['completed', 'refused', 'no_answer', 'busy', 'failed']).nullable(),
  attempts_count: z.number(),
  /** Only of a completed survey. */
  answers: z.array(eventAnswer).optional(),
});
export type SurveyEventMessage = z.infer<typeof surveyEventMessage>;
