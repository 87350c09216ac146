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
  /** While the token is being rotated: signatures under either are Twilio's, requests are made with the first. */
  auth_token_secondary?: string | null;
  /** Twilio's REST API; another origin for a region or a private network. */
  base_url: string;
  /** Where Twilio reaches this application; every signature is over it. */
  public_url: string;
  timeout_ms?: number;
};

type Client = ReturnType<typeof twilio>;

/** Twilio Programmable Voice with ConversationRelay, through the official SDK, without its retries. */
export function twilioProvider(options: TwilioOptions): TelephonyProvider {
  const { public_url } = options;
  const tokens = [options.auth_token, options.auth_token_secondary ?? ''].filter((token) => token !== '');
  // Built on first use: checking a signature needs no client, and the SDK refuses an account id that is not one.
  let client: Client | undefined;
  const rest = () => {
    client ??= openClient(options);
    return client;
  };
  return {
    name: 'twilio',
    capabilities: {
      provider_type: 'telephony_api',
      finds_calls: true,
      detects_machines: true,
      hears_keys: true,
    },
    placeCall: async (call) => {
      try {
        const { sid } = await rest().calls.create(callRequest(call));
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
    // It knows no such call; that it says so proves address and credentials.
    health: async () => void (await getCall(rest(), NO_CALL)),
    verifyWebhook: (request) => tokens.some((token) => isSignedRequest(token, request)),
    verifySocket: (request) => tokens.some((token) => isSignedHandshake(token, request)),
    parseWebhook: readCallback,
    connectDocument: ({ call_id, token, language }) =>
      connectDocument({
        socket_url: `${public_url.replace(/^http/, 'ws')}/webhooks/telephony/conversation`,
        action_url: `${public_url}/webhooks/telephony/ended?call_id=${encodeURIComponent(call_id)}`,
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

// A call has no metadata at Twilio: our ids travel in the address of every callback.
function webhookUrl({ callback_url, metadata }: PlaceCall, what: 'events' | 'answer'): string {
  const { call_id, campaign_id, contact_id } = metadata;
  return `${callback_url}/${what}?${new URLSearchParams({ call_id, campaign_id, contact_id })}`;
}

function callRequest(call: PlaceCall) {
  const events = webhookUrl(call, 'events');
  return {
    to: call.to,
    from: call.from,
    url: webhookUrl(call, 'answer'),
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
const NO_CALL = `CA${'0'.repeat(32)}`;

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
