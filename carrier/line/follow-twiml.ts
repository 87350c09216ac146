import type { Network } from '../network.ts';
import { record } from '../network.ts';
import { callParams } from '../webhooks/call-params.ts';
import { sendRequest } from '../webhooks/send-request.ts';
import type { HangUp, LiveCall } from './live-call.ts';
import type { RelayEnd } from './relay-end.ts';
import { runRelay } from './run-relay.ts';
import { MS_PER_CHARACTER } from './timing.ts';
import { parseTwiml, type Verb } from './twiml.ts';

const INVALID_URL = 11100;
const DOCUMENT_FETCH_FAILED = 11200;
const DOCUMENT_PARSE_FAILED = 12100;

/** How an answered call came to its end. */
export interface LineEnd {
  ended_by: HangUp['by'];
  error_code: number | null;
}

/** What follows a verb: the next verb, another document, or the end of the call. */
type Next = { next: 'verb' } | { next: 'document'; source: string } | { next: 'end'; end: LineEnd };

const BY_DOCUMENT: LineEnd = { ended_by: 'application', error_code: null };

class DocumentError extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the application's document failed with ${code}`);
    this.code = code;
  }
}

/**
 * Fetches the application's document and does what it says, document after document, until the call ends.
 * Rejects when the line is cut while doing so.
 */
export async function followTwiml(network: Network, live: LiveCall): Promise<LineEnd> {
  const { url, method, twiml } = live.request;
  try {
    let source = twiml ?? (await fetchDocument(network, live, url ?? '', method, answerParams(live)));
    for (;;) {
      const outcome = await runDocument(network, live, source);
      if (outcome.next !== 'document') return outcome.next === 'end' ? outcome.end : BY_DOCUMENT;
      source = outcome.source;
    }
  } catch (error) {
    if (error instanceof DocumentError) return { ended_by: 'network', error_code: error.code };
    throw error;
  }
}

async function runDocument(network: Network, live: LiveCall, source: string): Promise<Next> {
  for (const verb of readDocument(source)) {
    const outcome = await runVerb(network, live, verb);
    live.line.signal.throwIfAborted();
    if (outcome.next !== 'verb') return outcome;
  }
  return { next: 'end', end: BY_DOCUMENT };
}

async function runVerb(network: Network, live: LiveCall, verb: Verb): Promise<Next> {
  const { signal } = live.line;
  switch (verb.verb) {
    case 'say':
      record(network, {
        call_sid: live.call.sid,
        to: live.call.to,
        from: live.call.from,
        fact: 'agent_said',
        text: verb.text,
        status: live.call.status,
      });
      await network.pace.pass(verb.text.length * MS_PER_CHARACTER, signal);
      return { next: 'verb' };
    case 'pause':
      await network.pace.pass(verb.seconds * 1000, signal);
      return { next: 'verb' };
    case 'redirect':
      return { next: 'document', source: await fetchDocument(network, live, verb.url, verb.method) };
    case 'hangup':
      return { next: 'end', end: BY_DOCUMENT };
    case 'connect':
      return connect(network, live, verb);
  }
}

/** The conversation, then the `action` document: it alone decides whether the call goes on. */
async function connect(
  network: Network,
  live: LiveCall,
  verb: Extract<Verb, { verb: 'connect' }>,
): Promise<Next> {
  const session = await runRelay(network, live, verb.relay);
  const over = session.status === 'completed';
  const end: LineEnd = { ended_by: session.ended_by, error_code: session.error_code };
  if (verb.action === null) return over ? { next: 'end', end } : { next: 'verb' };
  const params = sessionParams(session);
  const fetching = fetchDocument(
    network,
    live,
    verb.action,
    verb.method,
    params,
    over ? 'completed' : undefined,
  );
  if (!over) return { next: 'document', source: await fetching };
  // Nobody is on the line any more: the document is asked for, and then has nothing to act on.
  await fetching.catch(() => undefined);
  return { next: 'end', end };
}

function sessionParams(session: RelayEnd): Record<string, string> {
  const params: Record<string, string> = {
    SessionId: session.session_id,
    SessionStatus: session.status,
    SessionDuration: String(session.duration_seconds),
  };
  if (session.handoff_data !== null) params.HandoffData = session.handoff_data;
  if (session.error_code !== null) {
    params.ErrorCode = String(session.error_code);
    params.ErrorMessage = session.error_message ?? '';
  }
  return params;
}

function answerParams(live: LiveCall): Record<string, string> {
  return live.call.answered_by === null ? {} : { AnsweredBy: live.call.answered_by };
}

async function fetchDocument(
  network: Network,
  live: LiveCall,
  url: string,
  method: 'GET' | 'POST',
  extra: Record<string, string> = {},
  callStatus = 'in-progress',
): Promise<string> {
  const params = { ...callParams(network.account_sid, live.call, callStatus), ...extra };
  const request = { url: absolute(url, live), method, params, auth_token: network.auth_token };
  const answer = await sendRequest(request, network.closing);
  if (answer.status < 200 || answer.status > 299) throw new DocumentError(DOCUMENT_FETCH_FAILED);
  return answer.body;
}

/** A document may name its `action` relative to itself. */
function absolute(url: string, live: LiveCall): string {
  if (/^https?:/.test(url) && URL.canParse(url)) return url;
  const base = live.request.url ?? undefined;
  if (!URL.canParse(url, base)) throw new DocumentError(INVALID_URL);
  return new URL(url, base).href;
}

function readDocument(source: string): Verb[] {
  try {
    return parseTwiml(source);
  } catch {
    throw new DocumentError(DOCUMENT_PARSE_FAILED);
  }
}
