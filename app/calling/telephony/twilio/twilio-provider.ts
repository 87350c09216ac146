import type {
  CallMetadata,
  Capabilities,
  PlaceCall,
  PlaceCallResult,
  TelephonyProvider,
} from '../provider.ts';
import { readCallback } from './call-events.ts';
import { classifyFailure } from './classify-failure.ts';
import { conversationWire } from './conversation-wire.ts';
import { connectDocument, hangUpDocument } from './documents.ts';
import { eraseCopy } from './erase-copy.ts';
import { askHealth, type Client, findCalls, getCall, hangUp, openClient, type RestOptions } from './rest.ts';
import { isOfAccount, isSignedHandshake, isSignedRequest } from './signature.ts';

export type TwilioOptions = RestOptions & {
  /** While the token is exchanged: what it signs is accepted too. */
  auth_token_secondary?: string | undefined;
  /** Where Twilio reaches this application; every signature is over it. */
  public_url: string;
};

const CAPABILITIES: Capabilities = {
  provider_type: 'telephony_api',
  languages: ['en', 'it'],
  conversation: 'text_socket',
  answer_document: true,
  machine_detection: true,
  metadata: 'callback_url',
  idempotent_create: false,
};

/** Twilio Programmable Voice with ConversationRelay, through the official SDK, without its retries. */
export function twilioProvider(options: TwilioOptions): TelephonyProvider {
  const { account_sid, auth_token, auth_token_secondary, public_url } = options;
  const tokens = [auth_token, auth_token_secondary].filter((token) => token !== undefined);
  // Built on first use: checking a signature needs no client, and the SDK refuses an account id that is not one.
  let client: Client | undefined;
  const rest = () => {
    client ??= openClient(options);
    return client;
  };
  return {
    name: 'twilio',
    capabilities: CAPABILITIES,
    health: () => askHealth(rest),
    placeCall: (call) => placeCall(rest, public_url, call),
    hangUp: (sid) => hangUp(rest(), sid),
    getCall: (sid) => getCall(rest(), sid),
    eraseCopy: (copy) => eraseCopy(rest(), copy),
    findCalls: (search) => findCalls(rest(), search),
    verifyWebhook: (request) =>
      tokens.some((token) => isSignedRequest(token, request)) && isOfAccount(account_sid, request),
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

async function placeCall(rest: () => Client, public_url: string, call: PlaceCall): Promise<PlaceCallResult> {
  try {
    const { sid } = await rest().calls.create(callRequest(public_url, call));
    // An answer without a call is no refusal: there may be one all the same.
    const isCall = typeof sid === 'string' && sid.startsWith('CA');
    return isCall ? { kind: 'placed', provider_call_id: sid } : { kind: 'unknown', error_code: 'not_a_call' };
  } catch (error) {
    return classifyFailure(error);
  }
}

/** Twilio keeps nothing of ours with a call: our ids come back in the address. */
function addressOf(url: string, { call_id, campaign_id, contact_id }: CallMetadata): string {
  return `${url}?${new URLSearchParams({ call_id, campaign_id, contact_id })}`;
}

function callRequest(public_url: string, call: PlaceCall) {
  const events = addressOf(call.callback_url, call.metadata);
  return {
    to: call.to,
    from: call.from,
    url: addressOf(`${public_url}/webhooks/telephony/answer`, call.metadata),
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
