import { randomBytes } from 'node:crypto';
import { type SpanContext, TraceFlags } from '@opentelemetry/api';

type SpanIds = { traceId: string; spanId: string };

/**
 * The trace of an attempt is its call id without the hyphens, and its root span the last half of it: every process finds
 * them by itself, whatever it hears of the call by, and nothing has to be stored or sent along.
 */
export function attemptSpan(call_id: string): SpanContext {
  const traceId = call_id.replaceAll('-', '').toLowerCase();
  return { traceId, spanId: traceId.slice(16), traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

/** The same share of traces is kept by every process: the last bits of a trace id are random. */
export function isKept(traceId: string, share: number): boolean {
  return Number.parseInt(traceId.slice(-8), 16) < share * 2 ** 32;
}

let prescribed: SpanIds | null = null;

/** Random ids, but for the span that `work` starts. */
export const spanIds = {
  generateTraceId: () => prescribed?.traceId ?? randomBytes(16).toString('hex'),
  generateSpanId: () => prescribed?.spanId ?? randomBytes(8).toString('hex'),
};

/** Starts one span under the ids given; a span is started synchronously. */
export function underIds<T>(ids: SpanIds, start: () => T): T {
  prescribed = ids;
  try {
    return start();
  } finally {
    prescribed = null;
  }
}
