import twilio from 'twilio';
import type { PlaceCall, TelephonyProvider } from '../provider.ts';
import { readCallback, readFetchedCall } from './call-events.ts';
import { classifyFailure } from './classify-failure.ts';
import { conversationWire } from './conversation-wire.ts';
import { connectDocument, hangUpDocument } from './documents.ts';
import { isSignedHandshake, isSignedRequest } from './signature.ts';

export type TwilioOptions = {
  account_sid: string;
  auth_token: string;
  /** Twilio's REST API; another origin for a region or a private network. */
  base_url: string;
  /** Where Twilio reaches this application; every signature is over it. */
  public_url: string;
  timeout_ms?: number;
};

type Client = ReturnType<typeof twilio>;

/** Twilio Programmable Voice with ConversationRelay, through the official SDK, without its retries. */
export function twilioProvider(options: TwilioOptions): TelephonyProvider {
  const { auth_token, public_url } = options;
  // Built on first use: checking a signature needs no client, and the SDK refuses an account id that is not one.
  let client: Client | undefined;
  const rest = () => {
    client ??= openClient(options);
    return client;
  };
  return {
    name: 'twilio',
    placeCall: async (call) => {
      try {
        const { sid } = await rest().calls.create(callRequest(public_url, call));
        return { kind: 'placed', provider_call_id: sid };
      } catch (error) {
        return classifyFailure(error);
      }
    },
    hangUp: (sid) => hangUp(rest(), sid),
    getCall: (sid) => getCall(rest(), sid),
    findCalls: async ({ to, from, created_after, created_before }) => {
      // Not filtered by StartTime: a call that still waits in Twilio's queue has none.
      const calls = await rest().calls.list({ to, from, limit: 100 });
      return calls
        .map(({ sid, dateCreated }) => ({ provider_call_id: sid, created_at: dateCreated }))
        .filter(({ created_at }) => created_at >= created_after && created_at <= created_before);
    },
    verifyWebhook: (request) => isSignedRequest(auth_token, request),
    verifySocket: (request) => isSignedHandshake(auth_token, request),
    parseWebhook: readCallback,
    connectDocument: ({ call_id, token, language }) =>
      connectDocument({
        socket_url: `${public_url.replace(/^http/, 'ws')}/webhooks/telephony/conversation`,
        action_url: webhookUrl(public_url, 'ended', call_id),
        token,
        language,
      }),
    hangUpDocument,
    conversation: conversationWire,
  };
}

function openClient({ account_sid, auth_token, base_url, timeout_ms = 10_000 }: TwilioOptions): Client {
  const client = twilio(account_sid, auth_token, { autoRetry: false, timeout: timeout_ms });
  client.api.baseUrl = base_url;
  return client;
}

function webhookUrl(public_url: string, what: 'events' | 'answer' | 'ended', call_id: string): string {
  return `${public_url}/webhooks/telephony/${what}?call_id=${encodeURIComponent(call_id)}`;
}

function callRequest(public_url: string, call: PlaceCall) {
  const events = webhookUrl(public_url, 'events', call.call_id);
  return {
    to: call.to,
    from: call.from,
    url: webhookUrl(public_url, 'answer', call.call_id),
    method: 'POST',
    statusCallback: events,
    statusCallbackMethod: 'POST',
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    timeout: call.ring_timeout_seconds,
    timeLimit: call.time_limit_seconds,
    record: false,
    // Asynchronous: detection must not hold back the first words.
    machineDetection: 'Enable',
    asyncAmd: 'true',
    asyncAmdStatusCallback: events,
    asyncAmdStatusCallbackMethod: 'POST',
  };
}

const INVALID_CALL_STATE = 21220;

async function hangUp(client: Client, sid: string): Promise<'done' | 'already_ended'> {
  try {
    await client.calls(sid).update({ status: 'completed' });
    return 'done';
  } catch (error) {
    const { code, status } = error as { code?: unknown; status?: unknown };
    if (code === INVALID_CALL_STATE || status === 404) return 'already_ended';
    throw error;
  }
}

async function getCall(client: Client, sid: string) {
  try {
    const { status, answeredBy, startTime, endTime } = await client.calls(sid).fetch();
    return readFetchedCall({ sid, status, answeredBy, startTime, endTime, now: new Date() });
  } catch (error) {
    if ((error as { status?: unknown }).status === 404) return null;
    throw error;
  }
}
