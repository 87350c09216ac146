import type { CallRequest } from '../call.ts';
import { RestError } from './rest-error.ts';

/** A decoded form: a key that was repeated has several values. */
export type Form = Readonly<Record<string, string | string[] | undefined>>;

const E164 = /^\+[1-9]\d{6,14}$/;
const EVENTS = ['initiated', 'ringing', 'answered', 'completed'];
const MOST_TWIML_CHARACTERS = 4_000;
const LONGEST_RING_SECONDS = 600;
const LONGEST_CALL_SECONDS = 86_400;

/** Checks the form of a call creation as Twilio does; throws RestError with Twilio's code for the first fault. */
export function readCallRequest(form: Form): CallRequest {
  const to = readNumber(form, 'To', 21201, 21211);
  const from = readNumber(form, 'From', 21213, 21212);
  const url = readUrl(form, 'Url', 21205);
  const twiml = text(form, 'Twiml');
  if (url === null && twiml === null) throw invalid(21205, 'Url parameter is required.');
  if (twiml !== null && twiml.length > MOST_TWIML_CHARACTERS) throw invalid(21205, 'Twiml is too long.');
  const statusCallback = readUrl(form, 'StatusCallback', 21609);
  return {
    to,
    from,
    url,
    // Url wins where both are given.
    twiml: url === null ? twiml : null,
    method: readMethod(form, 'Method'),
    status_callback: statusCallback,
    status_callback_method: readMethod(form, 'StatusCallbackMethod'),
    status_callback_events: readEvents(form),
    ring_timeout_seconds: readSeconds(form, 'Timeout', 60, LONGEST_RING_SECONDS),
    time_limit_seconds: readSeconds(form, 'TimeLimit', 14_400, LONGEST_CALL_SECONDS),
    ...readMachineDetection(form),
  };
}

function readMachineDetection(
  form: Form,
): Pick<CallRequest, 'machine_detection' | 'async_amd_status_callback' | 'async_amd_status_callback_method'> {
  const mode = text(form, 'MachineDetection');
  if (mode !== null && mode !== 'Enable' && mode !== 'DetectMessageEnd') {
    throw invalid(21263, `Invalid MachineDetection: ${mode}`);
  }
  const asynchronous = text(form, 'AsyncAmd')?.toLowerCase() === 'true';
  return {
    machine_detection: mode === null ? 'off' : asynchronous ? 'async' : 'sync',
    async_amd_status_callback: readUrl(form, 'AsyncAmdStatusCallback', 21262),
    async_amd_status_callback_method: readMethod(form, 'AsyncAmdStatusCallbackMethod'),
  };
}

function readNumber(form: Form, field: 'To' | 'From', missing: number, wrong: number): string {
  const given = text(form, field);
  if (given === null) {
    throw invalid(
      missing,
      field === 'To' ? "No 'To' number is specified" : "A 'From' phone number is required.",
    );
  }
  const number = given.replace(/[\s().-]/g, '');
  if (!E164.test(number)) {
    const what = field === 'To' ? `The phone number you are attempting to call, ${given}, is not valid.` : '';
    throw invalid(wrong, what || `The source phone number provided, ${given}, is not valid.`);
  }
  return number;
}

function readUrl(form: Form, field: string, code: number): string | null {
  const value = text(form, field);
  if (value === null) return null;
  if (!URL.canParse(value) || !/^https?:/i.test(value))
    throw invalid(code, `${field} is not a valid URL: ${value}`);
  return value;
}

function readMethod(form: Form, field: string): 'GET' | 'POST' {
  const method = text(form, field)?.toUpperCase() ?? 'POST';
  if (method !== 'GET' && method !== 'POST')
    throw invalid(21209, `${field} is not a valid method: ${method}`);
  return method;
}

function readEvents(form: Form): readonly string[] {
  // Some clients send one value with spaces instead of repeating the key.
  const given = [form.StatusCallbackEvent ?? []].flat().flatMap((value) => value.split(/\s+/));
  const events = given.filter((event) => EVENTS.includes(event));
  return events.length === 0 ? ['completed'] : events;
}

function readSeconds(form: Form, field: string, fallback: number, most: number): number {
  const value = text(form, field);
  if (value === null) return fallback;
  if (!/^\d+$/.test(value)) throw invalid(20001, `${field} is not a number of seconds: ${value}`);
  return Math.min(Math.max(1, Number(value)), most);
}

function text(form: Form, field: string): string | null {
  const value = form[field];
  const single = Array.isArray(value) ? value.at(-1) : value;
  return single === undefined || single === '' ? null : single;
}

function invalid(code: number, message: string): RestError {
  return new RestError(400, code, message);
}
