import { randomUUID } from 'node:crypto';
import { sign, withoutFragment } from './sign.ts';

const ANSWER_TIMEOUT_MS = 15_000;

/** A signed request from the network to the application. */
export interface OutgoingRequest {
  url: string;
  method: 'GET' | 'POST';
  params: Readonly<Record<string, string>>;
  auth_token: string;
  /** Repeats of one request carry the same token; without one the request is unique. */
  idempotency_token?: string;
}

/** What the application answered; status 0 if it could not be reached in time. */
export interface Answer {
  status: number;
  body: string;
}

/** Sends a signed request and, if it could not be delivered or met a 5xx, sends it once more. Never throws. */
export async function sendRequest(request: OutgoingRequest, signal: AbortSignal): Promise<Answer> {
  const whole = { idempotency_token: randomUUID(), ...request };
  const answer = await sendOnce(whole, signal);
  if ((answer.status !== 0 && answer.status < 500) || signal.aborted) return answer;
  return sendOnce(whole, signal);
}

/** One delivery. Never throws: an unreachable application is an answer with status 0. */
async function sendOnce(request: Required<OutgoingRequest>, signal: AbortSignal): Promise<Answer> {
  const { url, method, params } = request;
  const form = new URLSearchParams(params).toString();
  const base = withoutFragment(url);
  const target = method === 'GET' ? `${base}${base.includes('?') ? '&' : '?'}${form}` : base;
  const headers: Record<string, string> = {
    'User-Agent': 'TwilioProxy/1.1',
    Accept: '*/*',
    'X-Twilio-Signature': sign(request.auth_token, target, method === 'GET' ? {} : params),
    'I-Twilio-Idempotency-Token': request.idempotency_token,
  };
  if (method === 'POST') headers['Content-Type'] = 'application/x-www-form-urlencoded; charset=UTF-8';
  try {
    const response = await fetch(target, {
      method,
      headers,
      body: method === 'POST' ? form : null,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    return { status: response.status, body: await response.text() };
  } catch {
    return { status: 0, body: '' };
  }
}
