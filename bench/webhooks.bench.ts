import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { type Bench, percentile, round } from './report.ts';
import { AUTH_TOKEN, startApplication } from './support/application.ts';
import { liveCalls } from './support/live-calls.ts';

const SECONDS = 4;
const ROUNDS = 2;
const CONNECTIONS = [8, 32];
const STATUSES = ['initiated', 'ringing', 'in-progress'];

type Signed = { path: string; body: string; signature: string };

/**
 * Facts of calls over HTTP, signed, each stored before it is answered, against what this PostgreSQL does with nothing
 * in front of it: pgbench, one insert and one update per transaction. Server, load and database share the machine.
 */
export const bench: Bench = async ({ print: report }) => {
  const application = await startApplication();
  const pgbench = preparePgbench(application.database);
  try {
    await application.pool.query(
      `create table bench_event (id bigint generated always as identity primary key, key text unique, payload jsonb);
       create table bench_call (id int primary key, status int not null);
       insert into bench_call select n, 0 from generate_series(1, 5000) n`,
    );
    await load(application.origin, await signed(application, 2_000), 8); // warm
    for (const connections of CONNECTIONS) {
      for (let turn = 1; turn <= ROUNDS; turn += 1) {
        const limit = pgbench(connections);
        const events = await signed(application, 2_000 * SECONDS * 3);
        const { rate, latencies, failed } = await load(application.origin, events, connections);
        report({
          what: `facts over HTTP, ${connections} connections, round ${turn}`,
          connections,
          events_per_second: Math.round(rate),
          ...(limit === null
            ? {}
            : { pgbench_per_second: round(limit, 0), ratio_to_pgbench: round(rate / limit) }),
          p50_ms: round(percentile(latencies, 0.5)),
          p95_ms: round(percentile(latencies, 0.95)),
          failed,
        });
      }
    }
  } finally {
    await application.stop();
  }
};

/** Every call's three facts, in the order in which they happen, signed as the provider signs. */
async function signed(
  { origin, pool }: Awaited<ReturnType<typeof startApplication>>,
  count: number,
): Promise<Signed[]> {
  const calls = await liveCalls(pool, Math.ceil(count / STATUSES.length));
  return STATUSES.flatMap((CallStatus, SequenceNumber) =>
    calls.map(({ call_id, provider_call_id }) => {
      const form = {
        CallSid: provider_call_id,
        CallStatus,
        SequenceNumber: String(SequenceNumber),
        Timestamp: 'Wed, 25 Nov 2026 11:00:00 +0000',
        CallbackSource: 'call-progress-events',
        ToState: '',
      };
      const url = `/webhooks/telephony/events?call_id=${call_id}`;
      const signature = getExpectedTwilioSignature(AUTH_TOKEN, `${origin}${url}`, form);
      return { path: url, body: new URLSearchParams(form).toString(), signature };
    }),
  );
}

/**
 * Sends the events over so many connections, each waiting for its answer before the next. On bare sockets: a client that
 * costs as much as the server would measure itself, and pgbench's costs next to nothing.
 */
async function load(origin: string, events: Signed[], connections: number) {
  const { hostname, port } = new URL(origin);
  const requests = events.map((event) => requestOf(hostname, event));
  const latencies: number[] = [];
  let next = 0;
  let failed = 0;
  const startedMs = performance.now();
  const untilMs = startedMs + SECONDS * 1_000;
  const worker = async () => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    while (next < requests.length && performance.now() < untilMs) {
      const bytes = requests[next]!;
      next += 1;
      const sentMs = performance.now();
      socket.write(bytes);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      latencies.push(performance.now() - sentMs);
      if (!answer.subarray(0, 12).equals(NO_CONTENT)) failed += 1;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return { rate: (latencies.length * 1_000) / (performance.now() - startedMs), latencies, failed };
}

const NO_CONTENT = Buffer.from('HTTP/1.1 204');

function requestOf(hostname: string, { path: url, body, signature }: Signed): Buffer {
  const head = [
    `POST ${url} HTTP/1.1`,
    `host: ${hostname}`,
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${body.length}`,
    `x-twilio-signature: ${signature}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Transactions per second of pgbench with so many clients; null where there is no pgbench. */
function preparePgbench(url: string): (clients: number) => number | null {
  if (spawnSync('pgbench', ['--version']).error) return () => null;
  const script = path.join(mkdtempSync(path.join(tmpdir(), 'vsa-pgbench-')), 'insert-update.sql');
  writeFileSync(
    script,
    `\\set call random(1, 5000)
begin;
insert into bench_event (key, payload) values (gen_random_uuid()::text, '{"CallSid":"CA00","CallStatus":"ringing"}');
update bench_call set status = status + 1 where id = :call;
commit;
`,
  );
  return (clients) => {
    const options = [
      '-n',
      '-M',
      'prepared',
      '-f',
      script,
      '-c',
      String(clients),
      '-j',
      '2',
      '-T',
      String(SECONDS),
    ];
    const output = execFileSync('pgbench', [...options, url], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(/tps = ([\d.]+)/.exec(output)?.[1] ?? Number.NaN);
  };
}
