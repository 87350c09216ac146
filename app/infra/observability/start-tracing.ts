import http from 'node:http';
import https from 'node:https';
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, SamplingDecision, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Config } from '../config/config.ts';
import { isKept, spanIds } from './trace-ids.ts';

const EVERY_MS = 1_000;

/** Sends spans to the collector from now on; answers what sends the last of them. */
export function startTracing(
  config: Config['traces'] & { endpoint: string },
  process_name: string,
): () => Promise<void> {
  const { endpoint, headers, timeout_ms, service_name, share } = config;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    headers: headersOf(headers?.reveal() ?? ''),
    timeoutMillis: timeout_ms,
    // The process's own agents, which go through the proxy where there is one.
    httpAgentOptions: (protocol) => (protocol === 'https:' ? https.globalAgent : http.globalAgent),
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': service_name,
      'service.instance.id': `${process_name}-${process.pid}`,
      'vsa.process': process_name,
    }),
    idGenerator: spanIds,
    sampler: {
      shouldSample: (_context, traceId) => ({
        decision: isKept(traceId, share) ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
      }),
      toString: () => `a share of ${share}`,
    },
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: EVERY_MS })],
  });
  trace.setGlobalTracerProvider(provider);
  return async () => {
    // A collector that is down must not hold up the end, nor fail it.
    await provider.shutdown().catch(() => {});
    trace.disable();
  };
}

function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
    }),
  );
}
