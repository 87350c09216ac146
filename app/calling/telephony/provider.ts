import type { ProviderStatus } from '../../infra/db/tables.ts';

/** A fact of one call in the field's terms: the output of every adapter, the input of `record-call-event`. */
export type CallEvent = {
  /** Unique per distinct fact, stable over redelivery: the key of the inbox. */
  provider_event_key: string;
  type: ProviderStatus | 'machine_detected' | 'human_detected' | 'conversation_ended' | 'other';
  provider_call_id: string;
  /** Ours, when the vendor handed it back; else null. */
  call_id: string | null;
  occurred_at: Date;
  provider_raw_status: string | null;
  error: { code: string; kind: FailureKind } | null;
  /** Redacted for storage: no credentials. */
  payload: Record<string, unknown>;
};

/** Why a call could not be made; whether to retry and whom it concerns derives from this, never from a vendor's code. */
export type FailureKind =
  | 'invalid_number'
  | 'blocked'
  /** This number now, for whatever reason of the network: another attempt may reach it. */
  | 'unreachable'
  | 'configuration'
  | 'account'
  | 'throttled'
  | 'transient';

/** Our ids, given to the vendor with the call and handed back with every fact of it. */
export type CallMetadata = { call_id: string; campaign_id: string; contact_id: string };

export type PlaceCall = {
  /** E.164, both. */
  to: string;
  from: string;
  /** Where this application takes the vendor's webhooks; the adapter appends its own paths, and the metadata if need be. */
  callback_url: string;
  language: 'en' | 'it';
  metadata: CallMetadata;
  ring_timeout_seconds: number;
  time_limit_seconds: number;
};

/** `unknown` = the vendor may have the call: it is never posted again; webhooks and reconciliation settle it. */
export type PlaceCallResult =
  | { kind: 'placed'; provider_call_id: string }
  | { kind: 'not_placed'; retry_after_ms: number; error_code: string }
  | { kind: 'rejected'; failure: FailureKind; error_code: string; detail: string }
  | { kind: 'unknown'; error_code: string };

/** A request as it came: `url` is built from the configured public address, never from the Host header. */
export type RawRequest = {
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
};

export type FoundCall = { provider_call_id: string; created_at: Date };

/** The document that tells the vendor what to do with an answered call. */
export type AnswerDocument = { content_type: string; body: string };

/** What a vendor can do; the core asks this, never who the vendor is. */
export type Capabilities = {
  /** `telephony_api`: we run the dialogue over its conversation transport. `voice_ai_platform`: it runs it and reports. */
  provider_type: 'telephony_api' | 'voice_ai_platform';
  /** Calls can be found by number and time: what a lost answer left behind can be adopted before its webhooks come. */
  finds_calls: boolean;
  /** Says whether a machine answered. */
  detects_machines: boolean;
  /** Keys that a respondent presses reach us. */
  hears_keys: boolean;
};

/** A telephony vendor. Time-outs and "no retries" are the adapter's duty; expected refusals are values, not exceptions. */
export type TelephonyProvider = {
  readonly name: string;
  readonly capabilities: Capabilities;
  placeCall(call: PlaceCall): Promise<PlaceCallResult>;
  /** Idempotent; `already_ended` is success. Throws when the vendor cannot be reached. */
  hangUp(provider_call_id: string): Promise<'done' | 'already_ended'>;
  /** The call's present facts as events, null when the vendor knows no such call. Throws when it cannot be asked. */
  getCall(provider_call_id: string): Promise<CallEvent[] | null>;
  /** Calls to that number created in the interval. Throws when the vendor cannot be asked. */
  findCalls(query: {
    to: string;
    from: string;
    created_after: Date;
    created_before: Date;
  }): Promise<FoundCall[]>;
  /** Resolves when the vendor can be reached and takes our credentials; throws when not. Costs one small request. */
  health(): Promise<void>;
  verifyWebhook(request: RawRequest): boolean;
  verifySocket(request: RawRequest): boolean;
  parseWebhook(request: RawRequest, received_at: Date): CallEvent[];
  connectDocument(input: { call_id: string; token: string; language: 'en' | 'it' }): AnswerDocument;
  hangUpDocument(): AnswerDocument;
  /** Turns the text frames of one socket into the field's terms and back. */
  conversation: ConversationWire;
};

export type RespondentFrame =
  | { type: 'setup'; provider_call_id: string; token: string | null }
  | { type: 'heard'; text: string; is_final: boolean }
  | { type: 'interrupted'; heard: string }
  | { type: 'played'; text: string }
  | { type: 'agent_speaking'; on: boolean }
  | { type: 'respondent_speaking'; on: boolean }
  | { type: 'key'; digit: string }
  | { type: 'fault'; detail: string }
  | { type: 'ignored' };

export type ConversationWire = {
  parse(frame: string): RespondentFrame;
  say(text: string, options: { interruptible: boolean }): string[];
  end(reason: string): string;
};
