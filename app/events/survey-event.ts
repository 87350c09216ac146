import type { CallOutcome, SurveyEventType } from '../infra/db/tables.ts';

/** The topic on which survey events travel. */
export const SURVEY_EVENTS = 'survey-events';

export type EventAnswer = {
  question: number;
  type: string;
  answer: string | null;
  confidence: number | null;
};

/** The message that consumers get, at least once; `event_id` is what they tell repeats by. */
export type SurveyEventMessage = {
  event_id: string;
  event_type: SurveyEventType;
  campaign_id: string;
  contact_id: string;
  call_id: string | null;
  /** RFC 3339 */
  timestamp: string;
  outcome: CallOutcome | null;
  attempts_count: number;
  /** Only of a completed survey. */
  answers?: EventAnswer[];
};
