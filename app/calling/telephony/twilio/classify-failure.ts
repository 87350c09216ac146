import type { PlaceCallResult } from '../provider.ts';
import { kindOfCode } from './error-codes.ts';

/** What the SDK throws: an answer of Twilio has `status` and mostly a numeric `code`, a fault of the wire a textual one. */
type Failure = { status?: unknown; code?: unknown; message?: unknown };

// The request cannot have left: no connection was made.
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ERR_PROXY_TUNNEL']);
// The request says itself that there is a call: never posted again.
const CALL_EXISTS = 21204;
const RETRY_AFTER_MS = 2_000;

/** What became of a dial request that did not succeed. In doubt it is `unknown`: the call may exist. */
export function classifyFailure(error: unknown): Exclude<PlaceCallResult, { kind: 'placed' }> {
  const { status, code, message } = (error ?? {}) as Failure;
  if (typeof status !== 'number') {
    const name = typeof code === 'string' ? code : 'error';
    return NEVER_SENT.has(name) ? notPlaced(name) : { kind: 'unknown', error_code: name };
  }
  const error_code = typeof code === 'number' ? String(code) : `http_${status}`;
  if (status === 429) return notPlaced(error_code);
  if (status >= 500 || status === 408 || status < 400 || code === CALL_EXISTS)
    return { kind: 'unknown', error_code };
  // Without Twilio's code it is not Twilio that speaks: something between us and it concerns every campaign.
  const failure = typeof code === 'number' ? kindOfCode(code) : 'account';
  if (failure === 'throttled' || failure === 'transient') return notPlaced(error_code);
  return { kind: 'rejected', failure, error_code, detail: detailOf(error_code, message) };
}

function notPlaced(error_code: string) {
  return { kind: 'not_placed', retry_after_ms: RETRY_AFTER_MS, error_code } as const;
}

/** Twilio's own words, with the numbers that they quote taken out: the detail ends up in a campaign's status. */
function detailOf(error_code: string, message: unknown): string {
  const words = typeof message === 'string' ? message.replace(/\+?\d{7,15}/g, '…').slice(0, 200) : '';
  return `Twilio ${error_code}${words === '' ? '' : `: ${words}`}`;
}
