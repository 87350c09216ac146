import { randomBytes } from 'node:crypto';
import type { Call, CallRequest } from '../call.ts';
import { choosePersona } from '../cast/cast.ts';
import { Respondent } from '../cast/respondent.ts';
import { runCall } from '../line/run-call.ts';
import { type Network, record } from '../network.ts';
import { Callbacks } from '../webhooks/callbacks.ts';

/** Takes a call into the network and lets it run. When this returns, the call is on disk. */
export function acceptCall(network: Network, request: CallRequest): Call {
  const sid = `CA${randomBytes(16).toString('hex')}`;
  const persona = choosePersona(request.to, network.seed, network.mix);
  record(network, {
    call_sid: sid,
    to: request.to,
    from: request.from,
    fact: 'accepted',
    text: null,
    status: 'queued',
    persona,
    callback_url: request.status_callback,
    status_callback_method: request.status_callback_method,
    status_callback_events: request.status_callback_events,
  });
  const call = network.book.get(sid);
  if (call === undefined) throw new Error('the network is closing');
  const live = {
    call,
    request,
    persona,
    respondent: new Respondent(persona, request.to, network.seed),
    callbacks: new Callbacks(network, call, request),
    line: new AbortController(),
  };
  network.lines.set(sid, live.line);
  void runCall(network, live);
  return call;
}
