import type { HangUp } from './live-call.ts';

/** How a conversation over the relay ended; the fields of the `action` request. */
export interface RelayEnd {
  session_id: string;
  status: 'completed' | 'ended' | 'failed';
  duration_seconds: number;
  handoff_data: string | null;
  error_code: number | null;
  error_message: string | null;
  ended_by: HangUp['by'];
}
