import { type Call, durationSeconds } from '../call.ts';

const COUNTRIES: readonly (readonly [string, string])[] = [
  ['+39', 'IT'],
  ['+44', 'GB'],
  ['+1', 'US'],
];

/**
 * The form fields every request about a call carries. The geographic ones are mostly empty, and are sent and
 * signed all the same.
 */
export function callParams(accountSid: string, call: Call, callStatus: string): Record<string, string> {
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.sid,
    CallStatus: callStatus,
    Direction: 'outbound-api',
    From: call.from,
    To: call.to,
    Caller: call.from,
    Called: call.to,
    ...place('From', call.from),
    ...place('Caller', call.from),
    ...place('To', call.to),
    ...place('Called', call.to),
  };
}

function place(prefix: string, number: string): Record<string, string> {
  const country = COUNTRIES.find(([code]) => number.startsWith(code))?.[1] ?? '';
  return {
    [`${prefix}City`]: '',
    [`${prefix}State`]: '',
    [`${prefix}Zip`]: '',
    [`${prefix}Country`]: country,
  };
}

/** A moment in the format of Twilio's REST answers and callbacks: `Sun, 30 Aug 2026 08:39:11 +0000`. */
export function rfc2822(moment: string | Date): string {
  return new Date(moment).toUTCString().replace('GMT', '+0000');
}

/** The fields a status callback adds once the call is over. */
export function finalParams(call: Call, sipResponseCode: number): Record<string, string> {
  const seconds = durationSeconds(call);
  // Twilio sends the begun minutes under the name Duration, and 0 for a call nobody answered.
  const minutes = call.answered_at === null ? 0 : Math.max(1, Math.ceil(seconds / 60));
  return {
    CallDuration: String(seconds),
    Duration: String(minutes),
    SipResponseCode: String(sipResponseCode),
  };
}
