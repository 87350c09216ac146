import type { CallEvent } from '../../app/calling/telephony/provider.ts';
import { NOON } from './world.ts';

/** A fact as an adapter would report it. */
export function fact(type: CallEvent['type'], more: Partial<CallEvent> & { sid?: string } = {}): CallEvent {
  const { sid = 'CA1', ...rest } = more;
  return {
    provider_event_key: `${sid}:${type}`,
    type,
    provider_call_id: sid,
    call_id: null,
    occurred_at: NOON,
    provider_raw_status: type,
    error: null,
    payload: {},
    ...rest,
  };
}
