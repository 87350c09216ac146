import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import WebSocket from 'ws';
import type { Network } from '../network.ts';
import { sign } from '../webhooks/sign.ts';
import type { HangUp, LiveCall } from './live-call.ts';
import type { RelayEnd } from './relay-end.ts';
import { RelaySession } from './relay-session.ts';
import type { Relay } from './twiml.ts';

const HANDSHAKE_TIMEOUT_MS = 10_000;
const SOCKET_UNREACHABLE = 64102;

/**
 * Opens the application's socket and holds the conversation until one side ends it.
 * `completed`: the line is down; `ended` and `failed`: the call is still up.
 */
export async function runRelay(network: Network, live: LiveCall, relay: Relay): Promise<RelayEnd> {
  const sessionId = `VX${randomBytes(16).toString('hex')}`;
  const socket = new WebSocket(relay.url, {
    headers: { 'X-Twilio-Signature': sign(network.auth_token, relay.url), 'User-Agent': 'TwilioProxy/1.1' },
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  try {
    await once(socket, 'open', { signal: live.line.signal });
  } catch {
    // A socket given up while connecting reports that once more, as an error event.
    socket.on('error', () => undefined);
    socket.terminate();
    return live.line.signal.aborted ? cutBeforeOpen(sessionId, live) : unreachable(sessionId);
  }
  return new RelaySession(network, live, relay, socket, sessionId).run();
}

function unreachable(sessionId: string): RelayEnd {
  return {
    session_id: sessionId,
    status: 'failed',
    duration_seconds: 0,
    handoff_data: null,
    error_code: SOCKET_UNREACHABLE,
    error_message: 'Unable to connect to websocket URL',
    ended_by: 'network',
  };
}

function cutBeforeOpen(sessionId: string, live: LiveCall): RelayEnd {
  const reason: HangUp = live.line.signal.reason;
  return {
    ...unreachable(sessionId),
    status: 'completed',
    error_code: null,
    error_message: null,
    ended_by: reason.by,
  };
}
