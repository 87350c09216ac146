import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import {
  type Attributes,
  isSpanContextValid,
  type Link,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { isId } from '../db/id.ts';
import { attemptSpan, underIds } from './trace-ids.ts';

/** What work is about. Ids only: they go into every line of the log and every span. */
export type Ids = {
  request_id?: string;
  call_id?: string | null;
  campaign_id?: string | null;
  contact_id?: string | null;
};

type Here = { ids: Ids; trace_id: string; span: SpanContext };
type Options = { kind?: SpanKind; parent?: SpanContext | null; attributes?: Attributes };

export type Observation = {
  /** Whatever happens inside carries these ids. */
  run<T>(work: () => T): T;
  /** `failure` names a kind of failure, never what was said. */
  end(attributes?: Attributes, failure?: string): void;
};

const here = new AsyncLocalStorage<Here>();
const tracer = () => trace.getTracer('voicesurveyagent');

/**
 * Begins a piece of work under a name that holds no personal value. With a call's id it belongs to the trace of that
 * attempt, wherever it is done; work that led to it from another trace is linked.
 */
export function beginObserved(name: string, given: Ids, options: Options = {}): Observation {
  const outer = here.getStore();
  const ids = { ...outer?.ids, ...withoutNothing(given) };
  const attempt = given.call_id && isId(given.call_id) ? attemptSpan(given.call_id) : null;
  const isInside = outer !== undefined && (attempt === null || outer.span.traceId === attempt.traceId);
  const parent = isInside ? outer.span : (attempt ?? options.parent ?? null);
  const links: Link[] = outer && !isInside && isSpanContextValid(outer.span) ? [{ context: outer.span }] : [];
  const { kind = SpanKind.INTERNAL, attributes = {} } = options;
  const settings = { kind, links, attributes: { ...attributes, ...attributesOf(ids) } };
  const span = tracer().startSpan(name, settings, contextOf(parent));
  const own = span.spanContext();
  // Without a collector there are no spans; the log's lines are told apart all the same.
  const trace_id = isSpanContextValid(own)
    ? own.traceId
    : (outer?.trace_id ?? randomBytes(16).toString('hex'));
  return {
    run: (work) => here.run({ ids, trace_id, span: own }, work),
    end: (more, failure) => {
      if (more) span.setAttributes(more);
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
      span.end();
    },
  };
}

/** Begins what somebody outside asked for. */
export function beginServed(name: string, ids: Ids, options: Omit<Options, 'kind'>): Observation {
  return beginObserved(name, ids, { ...options, kind: SpanKind.SERVER });
}

/** Asks somebody outside. */
export function observedClient<T>(name: string, ids: Ids, work: () => Promise<T>): Promise<T> {
  return observed(name, ids, work, { kind: SpanKind.CLIENT });
}

/** Does `work` as one observed piece. */
export async function observed<T>(
  name: string,
  ids: Ids,
  work: () => Promise<T>,
  options?: Options,
): Promise<T> {
  const observation = beginObserved(name, ids, options);
  try {
    const result = await observation.run(work);
    observation.end();
    return result;
  } catch (error) {
    observation.end({}, kindOf(error));
    throw error;
  }
}

/** A piece of work that is over already, for what was done to many at once. */
export function recordObserved(name: string, ids: Ids, begunMs: number, attributes: Attributes = {}): void {
  const parent = ids.call_id && isId(ids.call_id) ? attemptSpan(ids.call_id) : null;
  const settings = { startTime: begunMs, attributes: { ...attributes, ...attributesOf(ids) } };
  tracer().startSpan(name, settings, contextOf(parent)).end();
}

type Attempt = { call_id: string; campaign_id: string; contact_id: string; started_at: Date };

/** The span of a whole attempt, under which everything else of it stands; told once it has ended. */
export function recordAttempt(attempt: Attempt, ended_at: Date, attributes: Attributes): void {
  const { started_at, ...ids } = attempt;
  const settings = { startTime: started_at, root: true, attributes: { ...attributes, ...attributesOf(ids) } };
  const span = underIds(attemptSpan(attempt.call_id), () =>
    tracer().startSpan('attempt', settings, ROOT_CONTEXT),
  );
  span.end(ended_at);
}

/** What a line of the log carries of where it was written. */
export function idsHere(): Ids & { trace_id?: string } {
  const now = here.getStore();
  return now ? { ...now.ids, trace_id: now.trace_id } : {};
}

/** A caller's `traceparent` (W3C Trace Context); null where it is none. */
export function parentOf(header: unknown): SpanContext | null {
  const [, traceId, spanId, flags] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(String(header)) ?? [];
  if (!traceId || !spanId) return null;
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16) & 1, isRemote: true };
  return isSpanContextValid(context) ? context : null;
}

function contextOf(parent: SpanContext | null) {
  return parent && isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

function attributesOf(ids: Ids): Attributes {
  return Object.fromEntries(Object.entries(withoutNothing(ids)).map(([name, id]) => [`vsa.${name}`, id]));
}

const NAMES = ['request_id', 'call_id', 'campaign_id', 'contact_id'] as const;

/** These names and no other: whoever hands over a whole row hands over its ids and nothing of the person. */
function withoutNothing(ids: Ids): Record<string, string> {
  const given = NAMES.map((name) => [name, ids[name]]);
  return Object.fromEntries(given.filter(([, id]) => id !== undefined && id !== null));
}

/** The kind of an error, never its words: those may quote a person. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? `${error.name} ${code}` : error.name;
}
