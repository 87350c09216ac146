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
  | 'configuration'
  | 'account'
  | 'throttled'
  | 'transient';

export type PlaceCall = {
  to: string;
  from: string;
  /** Where the facts of this call are sent. */
  callback_url: string;
  language: 'en' | 'it';
  /** Ours, handed back with every fact: as the vendor's metadata, or in the callback address's query. */
  metadata: CallMetadata;
  ring_timeout_seconds: number;
  time_limit_seconds: number;
};

/** No personal data: it lies at the vendor. */
export type CallMetadata = { call_id: string; campaign_id: string; contact_id: string };

/** What the adapter's vendor can do, constant over its life. */
export type Capabilities = {
  provider_type: 'telephony_api' | 'voice_ai_platform';
  languages: readonly ('en' | 'it')[];
  /** Who leads the conversation: we, over a socket of text, or the vendor's own agent, who reports at its end. */
  conversation: 'text_socket' | 'vendor_agent';
  /** True when the vendor asks us for a document once a call is answered. */
  answer_document: boolean;
  machine_detection: boolean;
  /** Where our ids come back: among the vendor's fields, or in the callback address. */
  metadata: 'native' | 'callback_url';
  /** False: posting a placement twice would dial twice. */
  idempotent_create: boolean;
};

/** `detail` is for an operator: no secret and nobody's number in it. */
export type ProviderHealth = { ok: true } | { ok: false; detail: string };

/** The vendor could not be asked, or gave no answer that can be understood. Carries no request: there are secrets in it. */
export class ProviderError extends Error {
  readonly kind: FailureKind;
  readonly error_code: string;

  constructor(provider_name: string, kind: FailureKind, error_code: string) {
    super(`${provider_name} gave no answer that counts: ${error_code}`);
    this.name = 'ProviderError';
    this.kind = kind;
    this.error_code = error_code;
  }
}

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

/** A telephony vendor. Time-outs and "no retries" are the adapter's duty; expected refusals are values, not exceptions. */
export type TelephonyProvider = {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** A cheap request with our credentials; the caller sees to it that it is not made too often. Never throws. */
  health(): Promise<ProviderHealth>;
  placeCall(call: PlaceCall): Promise<PlaceCallResult>;
  /** Idempotent; `already_ended` is success. Throws ProviderError when the vendor cannot be reached. */
  hangUp(provider_call_id: string): Promise<'done' | 'already_ended'>;
  /** The call's present facts as events, null when the vendor knows no such call. Throws ProviderError when it cannot be asked. */
  getCall(provider_call_id: string): Promise<CallEvent[] | null>;
  /** All calls to that number created in the interval, newest first. Throws ProviderError when it cannot be asked. */
  findCalls(query: {
    to: string;
    from: string;
    created_after: Date;
    created_before: Date;
  }): Promise<FoundCall[]>;
  /**
   * Deletes what the vendor keeps of a call: its recordings, or the call's own record with them. Once this resolves the
   * vendor has confirmed it; asking for it again is no fault. Throws ProviderError. Without it the vendor cannot delete.
   */
  eraseCopy?(copy: { provider_call_id: string; copy: 'call' | 'recording' }): Promise<void>;
  /** True when this vendor, for this account of ours, sent exactly these bytes to this address. */
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
