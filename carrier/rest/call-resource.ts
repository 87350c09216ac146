import { type Call, durationSeconds, hasEnded } from '../call.ts';
import { rfc2822 } from '../webhooks/call-params.ts';

const SUBRESOURCES = {
  events: 'Events',
  notifications: 'Notifications',
  payments: 'Payments',
  recordings: 'Recordings',
  siprec: 'Siprec',
  streams: 'Streams',
  transcriptions: 'Transcriptions',
  user_defined_message_subscriptions: 'UserDefinedMessageSubscriptions',
  user_defined_messages: 'UserDefinedMessages',
};

/** A call as Twilio's REST API shows it. */
export function callResource(accountSid: string, call: Call): Record<string, unknown> {
  const path = `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}`;
  return {
    sid: call.sid,
    account_sid: accountSid,
    parent_call_sid: null,
    phone_number_sid: null,
    group_sid: null,
    trunk_sid: null,
    to: call.to,
    to_formatted: call.to,
    from: call.from,
    from_formatted: call.from,
    caller_name: null,
    forwarded_from: null,
    direction: 'outbound-api',
    status: call.status,
    answered_by: call.answered_by,
    api_version: '2010-04-01',
    date_created: rfc2822(call.created_at),
    date_updated: rfc2822(call.updated_at),
    start_time: call.started_at && rfc2822(call.started_at),
    end_time: call.ended_at && rfc2822(call.ended_at),
    duration: hasEnded(call.status) ? String(durationSeconds(call)) : null,
    queue_time: '0',
    price: null,
    price_unit: 'USD',
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(
      Object.entries(SUBRESOURCES).map(([name, file]) => [name, `${path}/${file}.json`]),
    ),
  };
}
