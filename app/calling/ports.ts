import type { Db } from '../infra/db/database.ts';
import type { Logger } from '../infra/observability/log.ts';
import type { Interpreter } from './dialogue/interpreter.ts';
import type { TelephonyProvider } from './telephony/provider.ts';

/** What calls are made with; each verb picks the part that it touches. */
export type CallPorts = {
  db: Db;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
  now(): Date;
  phoneHash(phone_number: string): Buffer;
  /** The configured provider, or the one that a live call was placed with. */
  provider(name?: string): Promise<TelephonyProvider>;
  settings(): Promise<CallSettings>;
  config: { public_url: string; ring_timeout_seconds: number; call_time_limit_seconds: number };
  interpreter: Interpreter;
};

export type CallSettings = {
  provider_name: string | null;
  outbound_number: string | null;
  max_concurrent_calls: number;
  calls_per_second: number;
};
