import type { Network } from '../network.ts';
import type { LiveCall } from './live-call.ts';

const VERDICT_AFTER_MS = 3_000;

/**
 * Listens to the first seconds and says whether a human or a machine answered; Twilio's `Enable` mode, whose
 * verdict on a machine comes with the start of its greeting. Resolves without a verdict if the call ends first.
 */
export async function detectMachine(network: Network, live: LiveCall): Promise<void> {
  const { machine_detection } = live.request;
  if (machine_detection === 'off') return;
  try {
    await network.pace.pass(VERDICT_AFTER_MS, live.line.signal);
  } catch {
    return;
  }
  const answeredBy = live.persona === 'answering_machine' ? 'machine_start' : 'human';
  live.call.answered_by = answeredBy;
  if (machine_detection === 'async') live.callbacks.announceAnsweredBy(answeredBy, VERDICT_AFTER_MS);
}
