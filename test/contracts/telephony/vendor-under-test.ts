import type { RawRequest, TelephonyProvider } from '../../../app/calling/telephony/provider.ts';

/** What a create request can run into. `silent`: the call is accepted, and its answer never comes. */
export type Trouble = 'throttled' | 'failing' | 'html' | 'empty' | 'reset' | 'silent' | 'none';

/** One fact as the kit speaks of it; the vendor under test puts it into its own format. */
export type Told = {
  provider_call_id: string;
  /** In the vendor's own words; absent: its word for "answered". */
  status?: string;
  /** Handed back with the fact, as the vendor does with what came along with the call. */
  call_id?: string;
  occurred_at?: Date | null;
  /** More fields of the vendor's own, such as a machine's verdict. */
  more?: Record<string, string>;
};

export type Forgery =
  | 'none'
  | 'unsigned'
  | 'signed with nonsense'
  | 'signed by a stranger'
  | 'changed after'
  | 'other address';

/** A vendor's simulated side with the adapter in front of it: what the author of an adapter supplies to the kit. */
export type VendorUnderTest = {
  /** The adapter; `secret` and `address` other than the right ones, to see what it says. */
  provider(changed?: { secret?: string; address?: string; timeout_ms?: number }): TelephonyProvider;
  callback_url: string;
  from: string;
  /** Who answers a number: a machine of its own kind behind each, of any serial. */
  number(who: 'answers' | 'nobody' | 'busy' | 'machine' | 'nowhere'): string;
  /** A number that the vendor refuses at once. */
  malformed_number: string;
  trouble(name: Trouble): Promise<void>;
  /** Create requests for a number that reached the vendor's address, refused ones included, as it was asked. */
  asked(to: string): Record<string, string | string[]>[];
  /** Calls to a number that the vendor itself has on record. */
  accepted(to: string): Promise<string[]>;
  /** Webhooks about a call as they came, in order. */
  received(provider_call_id: string): RawRequest[];
  /** Resolves when the vendor has said its last word about a call. */
  ended(provider_call_id: string): Promise<void>;
  /** A webhook as the vendor would send it, or as somebody else might. */
  webhook(told: Told, forgery?: Forgery): RawRequest;
  /** What must never be seen in a result, an error or a payload. */
  secrets: string[];
  stop(): Promise<void>;
};
