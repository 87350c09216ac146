import { sha256Hex } from '../../../infra/crypto/hash.ts';
import type { CallEvent, FailureKind, RawRequest } from '../provider.ts';
import { kindOfCode, kindOfSipCode } from './error-codes.ts';
import { type Form, fieldOf, formOf } from './form.ts';

const STATUS = {
  initiated: 'initiated',
  ringing: 'ringing',
  'in-progress': 'answered',
  completed: 'completed',
  busy: 'busy',
  failed: 'failed',
  'no-answer': 'no_answer',
  canceled: 'failed',
} as const satisfies Record<string, CallEvent['type']>;

// A person's number and whereabouts are in every callback; the inbox keeps what explains the call, not who was called.
const KEPT =
  /^(CallSid|CallStatus|CallDuration|Duration|Timestamp|SequenceNumber|SipResponseCode|Error\w+|AnsweredBy|MachineDetectionDuration|Recording\w+|Session\w+|StirStatus|QueueTime)$/;

/** The fact in one of Twilio's callbacks: status, machine detection, recording, or something new to us. */
export function readCallback(request: RawRequest, received_at: Date): CallEvent[] {
  const form = formOf(request.body);
  const sid = fieldOf(form, 'CallSid');
  if (sid === null) return [];
  const base = {
    provider_call_id: sid,
    call_id: new URL(request.url).searchParams.get('call_id'),
    occurred_at: notAfter(received_at, readTime(fieldOf(form, 'Timestamp'))),
    provider_raw_status: fieldOf(form, 'CallStatus'),
    error: null,
    payload: Object.fromEntries(Object.entries(form).filter(([name]) => KEPT.test(name))),
  };
  const recording = fieldOf(form, 'RecordingStatus');
  if (recording !== null && fieldOf(form, 'CallbackSource') === null) {
    const key = `${sid}:recording:${fieldOf(form, 'RecordingSid') ?? ''}:${recording}`;
    return [{ ...base, provider_event_key: key, type: 'other' }];
  }
  const answeredBy = fieldOf(form, 'AnsweredBy');
  const detection = answeredBy === null ? [] : [detectionEvent(base, answeredBy)];
  // The verdict's own callback repeats the status; a status callback may carry the verdict.
  if (fieldOf(form, 'MachineDetectionDuration') !== null && detection.length > 0) return detection;
  return [...statusEvent(base, form, request.body), ...detection];
}

/** The facts that a fetched call stands for; the same keys as its callbacks, so that none counts twice. */
export function readFetchedCall(call: {
  sid: string;
  status: string;
  answeredBy: string | null;
  startTime: Date | null;
  endTime: Date | null;
  now: Date;
}): CallEvent[] {
  const fact = (status: string, occurred_at: Date): CallEvent => ({
    provider_event_key: `${call.sid}:${status}`,
    type: typeOf(status),
    provider_call_id: call.sid,
    call_id: null,
    occurred_at,
    provider_raw_status: status,
    error: null,
    payload: { CallSid: call.sid, CallStatus: status },
  });
  // `queued` is the answer to the dial request once more: nothing happened yet.
  if (call.status === 'queued') return [];
  const wasAnswered = call.status === 'completed' || call.status === 'in-progress';
  const at = notAfter(call.now, call.endTime);
  const answered = wasAnswered ? [fact('in-progress', notAfter(at, call.startTime))] : [];
  const last = call.status === 'in-progress' ? [] : [fact(call.status, at)];
  const detection = call.answeredBy ? [detectionEvent(fact(call.status, at), call.answeredBy)] : [];
  return [...answered, ...detection, ...last];
}

function statusEvent(base: Omit<CallEvent, 'provider_event_key' | 'type'>, form: Form, body: Buffer) {
  const status = base.provider_raw_status;
  const type = status === null ? 'other' : typeOf(status);
  // A call has each status once: the status is the fact, however many ways it is told.
  const suffix = type === 'other' ? `other:${sha256Hex(body)}` : status;
  return [
    { ...base, provider_event_key: `${base.provider_call_id}:${suffix}`, type, error: errorOf(type, form) },
  ];
}

function detectionEvent(base: Omit<CallEvent, 'provider_event_key' | 'type'>, answeredBy: string): CallEvent {
  const isMachine = answeredBy.startsWith('machine') || answeredBy === 'fax';
  const type = isMachine ? 'machine_detected' : answeredBy === 'human' ? 'human_detected' : 'other';
  return { ...base, provider_event_key: `${base.provider_call_id}:answered_by:${answeredBy}`, type };
}

function errorOf(type: CallEvent['type'], form: Form): { code: string; kind: FailureKind } | null {
  if (type !== 'failed') return null;
  const code = fieldOf(form, 'ErrorCode');
  if (code !== null && /^\d+$/.test(code)) return { code, kind: kindOfCode(Number(code)) };
  const sip = fieldOf(form, 'SipResponseCode');
  return sip === null ? null : { code: `sip_${sip}`, kind: kindOfSipCode(sip) };
}

function typeOf(status: string): CallEvent['type'] {
  return status in STATUS ? STATUS[status as keyof typeof STATUS] : 'other';
}

/** Nothing happened after it was told: a clock that is ahead of ours is put right. */
function notAfter(told: Date, happened: Date | null): Date {
  return happened !== null && happened < told ? happened : told;
}

function readTime(text: string | null): Date | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time);
}
