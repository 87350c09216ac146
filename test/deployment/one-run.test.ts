import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dump } from '../support/dump.ts';
import { waitFor } from '../support/wait-for.ts';
import { mistakes, PEOPLE, SECRETS, troubles } from './canaries.ts';
import { type Span, startCollector } from './collector.ts';
import { type Deployed, deployed } from './deployed.ts';
import { launch, settled } from './launch.ts';

let product: Deployed;
let collector: Awaited<ReturnType<typeof startCollector>>;
let campaign: string;
let metrics: Record<string, string>;
beforeAll(async () => {
  collector = await startCollector();
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    METRICS_TOKEN: SECRETS.METRICS_TOKEN,
    LOG_LEVEL: 'trace',
  };
  product = await deployed({ speed: 20, env });
  for (const name of ['api', 'scheduler', 'worker']) await product.start(name);
  await product.openLines();
  await mistakes(product);
  await faults({ create_429: 1 });
  campaign = await launch(product, PEOPLE);
  const scheduler = product.all.find(({ name }) => name === 'scheduler')!;
  await waitFor('a dial being refused', async () =>
    (await readMetrics(scheduler.port)).includes('class="not_placed"'),
  );
  await faults({});
  await settled(product, campaign);
  await troubles(product, campaign);
  metrics = Object.fromEntries(
    await Promise.all(product.all.map(async (one) => [one.name, await readMetrics(one.port)])),
  );
  await waitFor(
    'the last spans',
    () => rootOf('completed') && collector.spans.some(({ name }) => name === 'send e-mail'),
  );
  // What is still in the processes' hands is sent when they end.
  for (const running of product.all) expect(await product.drain(running)).toBe(0);
}, 300_000);
afterAll(async () => {
  await product.stop();
  await collector.stop();
});

async function readMetrics(port: number): Promise<string> {
  const headers = { authorization: `Bearer ${SECRETS.METRICS_TOKEN}` };
  return (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
}

async function faults(settings: Record<string, number>): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(settings);
  expect((await fetch(`${product.carrier.url}/faults`, { method: 'PUT', headers, body })).ok).toBe(true);
}

const rootOf = (outcome: string): Span | undefined =>
  collector.spans.find(({ name, attributes }) => name === 'attempt' && attributes['vsa.outcome'] === outcome);

describe('one trace', () => {
  it('follows an attempt from its claim to its e-mail, through every process', async () => {
    const root = rootOf('completed')!;
    const callId = root.attributes['vsa.call_id']!;
    expect(root.traceId).toBe(callId.replaceAll('-', ''));
    const trace = collector.spans.filter(({ traceId }) => traceId === root.traceId);
    const processOf = Object.fromEntries(trace.map(({ name, process }) => [name, process]));
    expect(processOf).toMatchObject({
      claim: 'scheduler',
      dial: 'scheduler',
      'commit dial': 'scheduler',
      'twilio place_call': 'scheduler',
      'POST /webhooks/telephony/answer': 'api',
      'POST /webhooks/telephony/events': 'api',
      'dialogue step': 'api',
      understand: 'api',
      settle: expect.any(String),
      attempt: expect.any(String),
      'publish event': 'worker',
      'prepare e-mail': 'worker',
      'send e-mail': 'worker',
    });
    const ids = new Set(trace.map(({ spanId }) => spanId));
    expect(ids.size, 'every span has its own id').toBe(trace.length);
    const orphans = trace.filter(({ parentSpanId }) => parentSpanId !== '' && !ids.has(parentSpanId));
    expect(orphans, 'every parent is in the trace').toEqual([]);
    expect(trace.filter(({ parentSpanId }) => parentSpanId === '')).toEqual([root]);
    const first = (name: string) => trace.find((span) => span.name === name)!.startMs;
    const order = [
      'claim',
      'twilio place_call',
      'POST /webhooks/telephony/answer',
      'dialogue step',
      'publish event',
      'send e-mail',
    ];
    expect(order.map(first), 'in the order of time').toEqual(order.map(first).toSorted((a, b) => a - b));
  });

  it('is that of one attempt: nobody else’s spans are in it', () => {
    const roots = collector.spans.filter(({ name }) => name === 'attempt');
    expect(roots).toHaveLength(PEOPLE.length);
    expect(new Set(roots.map(({ traceId }) => traceId)).size).toBe(PEOPLE.length);
    for (const { traceId, attributes } of collector.spans) {
      const callId = attributes['vsa.call_id'];
      if (callId) expect(traceId).toBe(callId.replaceAll('-', ''));
    }
  });
});

describe('the log', () => {
  const lines = () =>
    product.all.flatMap(({ name, output }) =>
      output()
        .trim()
        .split('\n')
        .map((line) => ({ process: name, ...JSON.parse(line) })),
    );

  it('is JSON, and every line of a request has its request id', () => {
    const requests = lines().filter(({ msg }) => msg === 'request');
    expect(requests.length).toBeGreaterThan(20);
    for (const line of requests) {
      expect(line.request_id).toMatch(/^[0-9a-f-]{36}$/);
      expect(line.trace_id).toMatch(/^[0-9a-f]{32}$/);
    }
    const failed = lines().find(({ msg }) => msg === 'request failed');
    expect(requests.map(({ request_id }) => request_id)).toContain(failed.request_id);
  });

  it('names call, campaign and trace of what is about them', () => {
    const { 'vsa.call_id': call_id } = rootOf('completed')!.attributes;
    const ofCall = lines().filter((line) => line.call_id === call_id);
    expect(ofCall.length).toBeGreaterThan(2);
    for (const { trace_id } of ofCall) expect(trace_id).toBe(call_id!.replaceAll('-', ''));
    const ofCampaign = lines().filter((line) => line.campaign_id === campaign && line.msg === 'request');
    expect(ofCampaign.map(({ route }) => route)).toContain('/api/campaigns/:id/activate');
  });
});

describe('metrics', () => {
  it('parse, in every process', () => {
    for (const text of Object.values(metrics)) {
      const lines = text.split('\n').filter((line) => line !== '');
      expect(lines.length).toBeGreaterThan(50);
      for (const line of lines) {
        expect(line).toMatch(
          /^(# (HELP|TYPE) [a-z_]\w* .+|[a-z_]\w*(\{([a-zA-Z_]\w*="([^"\\\n]|\\.)*",?)*\})? (-?[\d.e+-]+|NaN|[+-]Inf))$/,
        );
      }
    }
  });

  it.each([
    ['scheduler', 'vsa_attempts_total', 5],
    ['scheduler', 'vsa_dials_total{result="placed"}', 5],
    ['worker', 'vsa_emails_total{status="sent"}', 4],
    ['worker', 'vsa_live_calls', 0],
    ['api', 'vsa_database_up', 1],
    ['worker', 'vsa_queue_waiting{queue="events"}', 0],
    ['worker', 'vsa_queue_lag_seconds{queue="emails"}', 0],
    ['worker', 'vsa_completion_rate', 0.2],
    ['worker', 'vsa_refusal_rate', 0.4],
  ])('%s: %s is %d', (process, series, value) => {
    const line = metrics[process]!.split('\n').find((one) => one.startsWith(`${series} `));
    expect(Number(line?.split(' ').at(-1))).toBe(value);
  });

  it('measure replies, claims, answers and the event loop', () => {
    const sum = (process: string, series: string) =>
      metrics[process]!.split('\n')
        .filter((line) => line.startsWith(series))
        .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
    expect(sum('api', 'vsa_turn_latency_seconds_count')).toBeGreaterThan(4);
    expect(sum('scheduler', 'vsa_claim_seconds_count')).toBeGreaterThan(0);
    expect(sum('scheduler', 'vsa_provider_errors_total')).toBeGreaterThan(0);
    expect(sum('scheduler', 'vsa_attempts_settled_total') + sum('api', 'vsa_attempts_settled_total')).toBe(5);
    expect(sum('worker', 'vsa_answer_rate')).toBeGreaterThan(0);
    for (const process of ['api', 'scheduler', 'worker']) {
      expect(metrics[process]).toMatch(/^vsa_nodejs_eventloop_lag_p99_seconds \d/m);
    }
  });
});

describe('canaries', () => {
  const forbidden = () => [
    ...PEOPLE.flatMap(({ phone_number, email }) => [
      phone_number.slice(3),
      ...(email === '' ? [] : [email, email.split('@')[0]!]),
    ]),
    ...['3479117999', 'canary-mail', 'canarina', 'Canarina', 'Amministratrice', 'Marco Manager'],
    ...['admin@example.com', 'manager@example.com'],
    ...Object.values(SECRETS),
    ...[product.secrets.client, product.secrets.token],
    ...[product.settings.ENCRYPTION_KEY!, product.settings.PHONE_HASH_KEY!],
    new URL(product.settings.DATABASE_URL!).password || 'no-password',
  ];

  it('sing, or nothing would be proved: the people were called, and their letters arrived', async () => {
    const rings = await product.rings();
    expect(new Set(rings.map(({ to }) => to))).toEqual(new Set(PEOPLE.map((one) => one.phone_number)));
    expect(JSON.stringify(await product.mails())).toContain('canarina.rossi@canary-mail.example');
  });

  it.each(['logs', 'traces', 'metrics'])('none is in the %s', (what) => {
    const texts: Record<string, string> = {
      logs: product.all.map(({ output }) => output()).join('\n'),
      traces: collector.bodies.join('\n'),
      metrics: Object.values(metrics).join('\n'),
    };
    const text = texts[what]!;
    expect(text.length).toBeGreaterThan(1_000);
    for (const canary of forbidden()) {
      const at = text.indexOf(canary);
      expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 100), `${canary} in the ${what}`).toBe('');
    }
  });

  it('and no secret is in a plain dump of the database, in whatever form', async () => {
    const text = await dump(product.db);
    expect(text).toContain('canarina.rossi@canary-mail.example');
    const { ENCRYPTION_KEY, PHONE_HASH_KEY } = product.settings;
    const secrets = [...Object.values(SECRETS), product.secrets.client, product.secrets.token];
    const keys = [ENCRYPTION_KEY!, PHONE_HASH_KEY!].flatMap((key) => [
      key,
      Buffer.from(key, 'base64').toString('hex'),
    ]);
    const forms = secrets.flatMap((secret) => [
      secret,
      ...(['hex', 'base64'] as const).map((form) => Buffer.from(secret).toString(form)),
    ]);
    for (const form of [...forms, ...keys]) expect(text.includes(form), `${form} in the dump`).toBe(false);
  });

  it('and none in an answer about the settings, in the audit log or its file', async () => {
    // Their processes have ended; one more tells what it would tell an administrator.
    await product.start('api');
    const answers = [
      JSON.stringify(await product.call('admin', 'GET', '/api/admin/config')),
      JSON.stringify(await product.call('admin', 'GET', '/api/admin/audit-log?page_size=200')),
    ];
    for (const secret of [...Object.values(SECRETS), product.secrets.client, product.secrets.token]) {
      for (const answer of answers) expect(answer.includes(secret)).toBe(false);
    }
  });
});
