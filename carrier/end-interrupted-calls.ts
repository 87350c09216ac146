import { setTimeout as delay } from 'node:timers/promises';
import { type Call, durationSeconds } from './call.ts';
import type { Fact } from './journal.ts';
import { type Network, record } from './network.ts';
import { callParams, finalParams, rfc2822 } from './webhooks/call-params.ts';
import { sendRequest } from './webhooks/send-request.ts';

const CARRIER_DOWN = 503;
const NORMAL_END = 200;
const REPORT_TRIES = 30;
const REPORT_EVERY_MS = 2_000;

/** Ends, on record, the calls that were live when the last run was killed: no line survives its exchange. */
export function endInterruptedCalls(network: Network, interrupted: readonly Call[]): void {
  for (const call of interrupted) {
    const answered = call.answered_at !== null;
    record(network, {
      call_sid: call.sid,
      to: call.to,
      from: call.from,
      fact: 'ended',
      text: null,
      status: answered ? 'completed' : 'failed',
      sip_response_code: answered ? NORMAL_END : CARRIER_DOWN,
      ended_by: 'network',
      duration_seconds: durationSeconds({ ...call, ended_at: new Date().toISOString() }),
    });
  }
}

/**
 * Sends the last status callback of those calls. Tried for a minute: after a crash of the whole machine the
 * application may come back later than the network.
 */
export async function reportInterruptedCalls(
  network: Network,
  facts: readonly Fact[],
  interrupted: readonly Call[],
): Promise<void> {
  const sids = new Set(interrupted.map((call) => call.sid));
  const accepted = facts.filter((fact) => fact.fact === 'accepted' && sids.has(fact.call_sid));
  await Promise.all(accepted.map((fact) => report(network, fact)));
}

async function report(network: Network, accepted: Fact): Promise<void> {
  const { callback_url: url, status_callback_method: method, status_callback_events: events } = accepted;
  const call = network.book.get(accepted.call_sid);
  if (call === undefined || !url || !events?.includes('completed')) return;
  const params = {
    ...callParams(network.account_sid, call, call.status),
    ...finalParams(call, call.answered_at === null ? CARRIER_DOWN : NORMAL_END),
    Timestamp: rfc2822(call.ended_at ?? new Date()),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(events.length - 1),
  };
  const request = { url, method: method ?? 'POST', params, auth_token: network.auth_token };
  for (let tries = 0; tries < REPORT_TRIES && !network.closing.aborted; tries += 1) {
    const { status } = await sendRequest(request, network.closing);
    if (status !== 0 && status < 500) return;
    await delay(REPORT_EVERY_MS, undefined, { signal: network.closing }).catch(() => undefined);
  }
}
