import type {
  CallMetadata,
  FailureKind,
  RawRequest,
  TelephonyProvider,
} from '../../../app/calling/telephony/provider.ts';
import type { Wire, WireAnswer, WireRequest } from './wire.ts';

export type Signer = 'ours' | 'ours_next' | 'somebody' | 'nobody';

/** A fact as the vendor would send it; `unheard_of` is a status that no documentation knows. */
export type VendorFact = {
  status: 'initiated' | 'ringing' | 'answered' | 'completed' | 'busy' | 'no_answer' | 'failed' | 'unheard_of';
  provider_call_id: string;
  metadata: CallMetadata;
  at?: Date;
  /** The account that the fact is about; ours unless said otherwise. */
  account?: 'ours' | 'another';
  /** Present: the verdict on who answered, in place of a status. */
  answered_by?: 'machine' | 'human' | 'unclear';
  /** Present with `failed`: why. */
  failure?: 'invalid_number' | 'passing';
  to?: string;
};

/** What the vendor was told to do, read from the request that reached it. */
export type Placement = {
  to: string;
  from: string;
  callback_url: string;
  ring_timeout_seconds: number;
  time_limit_seconds: number;
  records: boolean;
  detects_machines: boolean;
};

/** Everything that the kit must know of one vendor; README.md says what each part promises. */
export type AdapterUnderTest = {
  provider: TelephonyProvider;
  /** The same account, other circumstances. */
  variants: {
    wrong_credentials: TelephonyProvider;
    /** Accepts what the account's next secret signs, besides the present one. */
    rotating: TelephonyProvider;
    /** The vendor's address refuses connections. */
    unreachable: TelephonyProvider;
  };
  /** Must never be seen in an error, an event or a document. */
  secrets: readonly string[];
  from: string;
  numbers: { rings_long: string; busy: string };
  wire: Wire;
  /** The calls that the vendor really made to a number: its own record, not the adapter's. */
  rang(to: string): Promise<string[]>;
  isPlacement(request: WireRequest): boolean;
  readPlacement(request: WireRequest): Placement;
  refusal(kind: FailureKind): WireAnswer;
  serverError: WireAnswer;
  webhook(fact: VendorFact, signer?: Signer): RawRequest;
  /** Signs other bytes, or another address, in the vendor's way. */
  sign(request: { url: string; body: string }, signer?: Signer): RawRequest;
  handshake(url: string, signer?: Signer): RawRequest;
  frames: {
    setup(token: string): string;
    heard(text: string): string;
    key(digit: string): string;
    garbage: readonly string[];
  };
  stop(): Promise<void>;
};

export type StartAdapter = (public_url: string) => Promise<AdapterUnderTest>;
