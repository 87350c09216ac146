import { type CallStatus, durationSeconds } from '../call.ts';
import { chance } from '../chance.ts';
import { type Network, record } from '../network.ts';
import { finalParams } from '../webhooks/call-params.ts';
import { detectMachine } from './detect-machine.ts';
import { followTwiml } from './follow-twiml.ts';
import { HangUp, type LiveCall } from './live-call.ts';

const QUEUED_MS = 200;
const SETUP_MS = 600;
const SHORTEST_RING_MS = 2_000;
const LONGEST_RING_MS = 10_000;

interface CallEnd {
  status: CallStatus;
  sip_response_code: number;
  ended_by: HangUp['by'];
  error_code: number | null;
}

/** Takes an accepted call through its whole life. Resolves when it has ended and its facts are recorded. */
export async function runCall(network: Network, live: LiveCall): Promise<void> {
  const end = await dial(network, live);
  if (network.closing.aborted) return;
  const { call } = live;
  network.lines.delete(call.sid);
  record(network, {
    ...lineOf(live),
    fact: 'ended',
    text: null,
    ...end,
    duration_seconds: durationSeconds({ ...call, ended_at: new Date().toISOString() }),
    answered_by: call.answered_by,
  });
  live.callbacks.announce('completed', end.status, finalParams(call, end.sip_response_code));
}

/** Before the answer: what the far end does depends on who lives there, never on time. */
async function dial(network: Network, live: LiveCall): Promise<CallEnd> {
  const { persona, callbacks } = live;
  const { signal } = live.line;
  try {
    await network.pace.pass(QUEUED_MS, signal);
    callbacks.announce('initiated', 'initiated');
    await network.pace.pass(SETUP_MS, signal);
    if (persona === 'invalid_number') return unanswered('failed', 404);
    if (persona === 'busy') return unanswered('busy', 486);
    record(network, { ...lineOf(live), fact: 'ringing', text: null, status: 'ringing' });
    callbacks.announce('ringing', 'ringing');
    if (!(await ring(network, live))) return unanswered('no-answer', 487);
  } catch (error) {
    if (!signal.aborted) throw error;
    return { ...unanswered('canceled', 487), ended_by: 'application' };
  }
  return answer(network, live);
}

/** Lets it ring; false if nobody picked up in time. */
async function ring(network: Network, live: LiveCall): Promise<boolean> {
  const { call, request, persona, line } = live;
  const timeoutMs = request.ring_timeout_seconds * 1000;
  const picksUpAfterMs =
    SHORTEST_RING_MS + chance(network.seed, 'ring', call.to) * (LONGEST_RING_MS - SHORTEST_RING_MS);
  const picksUp = persona !== 'no_answer' && picksUpAfterMs < timeoutMs;
  await network.pace.pass(picksUp ? picksUpAfterMs : timeoutMs, line.signal);
  return picksUp;
}

/** From the answer to the end of the line. */
async function answer(network: Network, live: LiveCall): Promise<CallEnd> {
  record(network, { ...lineOf(live), fact: 'answered', text: null, status: 'in-progress' });
  live.callbacks.announce('answered', 'in-progress');
  const timeLimit = setTimeout(
    () => live.line.abort(new HangUp('network')),
    network.pace.patience(live.request.time_limit_seconds * 1000),
  );
  const detected = detectMachine(network, live);
  try {
    if (live.request.machine_detection === 'sync') await detected;
    const { ended_by, error_code } = await followTwiml(network, live);
    return { status: 'completed', sip_response_code: 200, ended_by, error_code };
  } catch (error) {
    if (!live.line.signal.aborted) throw error;
    return { status: 'completed', sip_response_code: 200, ended_by: hungUpBy(live), error_code: null };
  } finally {
    clearTimeout(timeLimit);
    // Ends whatever still waits on this line, such as machine detection.
    live.line.abort(new HangUp('network'));
  }
}

function unanswered(status: CallStatus, sipResponseCode: number): CallEnd {
  return { status, sip_response_code: sipResponseCode, ended_by: 'network', error_code: null };
}

function hungUpBy(live: LiveCall): HangUp['by'] {
  const { reason } = live.line.signal;
  return reason instanceof HangUp ? reason.by : 'network';
}

/** The fields every fact about a call begins with. */
function lineOf({ call }: LiveCall): { call_sid: string; to: string; from: string } {
  return { call_sid: call.sid, to: call.to, from: call.from };
}
