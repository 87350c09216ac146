import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Span = {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  process: string;
  attributes: Record<string, string>;
  startMs: number;
  endMs: number;
  links: { traceId: string; spanId: string }[];
};

type Value = { stringValue?: string; intValue?: string | number; boolValue?: boolean; doubleValue?: number };
type Attribute = { key: string; value: Value };
type Wire = Omit<Span, 'attributes' | 'process' | 'startMs' | 'endMs' | 'links'> & {
  attributes: Attribute[];
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  links?: Span['links'];
};
type Request = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Wire[] }[] }[];
};

/** An OpenTelemetry collector as far as spans go: keeps every body as it came, and what is in it. */
export async function startCollector() {
  const bodies: string[] = [];
  const spans: Span[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    bodies.push(body);
    for (const { resource, scopeSpans } of (JSON.parse(body) as Request).resourceSpans) {
      const { 'vsa.process': process = '' } = read(resource.attributes);
      spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => toSpan(span, process))));
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function toSpan(wire: Wire, process: string): Span {
  const { attributes, startTimeUnixNano, endTimeUnixNano, links = [], parentSpanId = '', ...rest } = wire;
  const ms = (nanoseconds: string) => Number(BigInt(nanoseconds) / 1_000_000n);
  const times = { startMs: ms(startTimeUnixNano), endMs: ms(endTimeUnixNano) };
  return { ...rest, parentSpanId, attributes: read(attributes), process, links, ...times };
}

function read(attributes: Attribute[]): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]));
}
