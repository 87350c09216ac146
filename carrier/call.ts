/** Call states as Twilio's REST answers name them; `initiated` exists in callbacks only. */
export type CallStatus =
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled';

/** What the network knows of one call; a fold over the journal's facts. */
export interface Call {
  sid: string;
  to: string;
  from: string;
  status: CallStatus;
  /** How many calls this number got before, this one included: 1, 2, … */
  ordinal: number;
  created_at: string;
  updated_at: string;
  started_at: string | null;
  answered_at: string | null;
  ended_at: string | null;
  answered_by: string | null;
}

/** The form fields of a call creation that this network acts on. */
export interface CallRequest {
  to: string;
  from: string;
  url: string | null;
  method: 'GET' | 'POST';
  twiml: string | null;
  status_callback: string | null;
  status_callback_method: 'GET' | 'POST';
  status_callback_events: readonly string[];
  ring_timeout_seconds: number;
  time_limit_seconds: number;
  machine_detection: 'off' | 'async' | 'sync';
  async_amd_status_callback: string | null;
  async_amd_status_callback_method: 'GET' | 'POST';
}

const ENDED: ReadonlySet<CallStatus> = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);

/** True once nothing more can happen to a call in this status. */
export function hasEnded(status: CallStatus): boolean {
  return ENDED.has(status);
}

/** Whole seconds from answer to end; 0 for a call nobody answered. */
export function durationSeconds(call: Pick<Call, 'answered_at' | 'ended_at'>): number {
  if (call.answered_at === null || call.ended_at === null) return 0;
  return Math.round((Date.parse(call.ended_at) - Date.parse(call.answered_at)) / 1000);
}
