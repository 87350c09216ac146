import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { type Claim, claimContacts } from '../app/calling/scheduler/claim-contacts.ts';
import { type Database, openDatabase } from '../app/infra/db/database.ts';
import { addCampaign, addContacts, endAttempts, zoneSets } from './claim/people.ts';
import { benchDatabase } from './database.ts';
import { type Bench, percentile, round } from './report.ts';

const NOW = new Date('2026-11-25T11:00:00Z');
// As many lines as one small machine is to hold.
const LINES = 100;

/** Contacts claimed and attempts opened a second beside a job queue's default, the latency by size, and the limit. */
export const bench: Bench = async ({ print, isSmall }) => {
  const million = isSmall ? 100_000 : 1_000_000;
  const server = await benchDatabase();
  const database = openDatabase(server.url, 16);
  const zones = await zoneSets(database.pool, 40);
  const of = (campaign_id: string, count = 40): Claim['open'] =>
    zones.slice(0, count).map((zone_set_id) => ({ campaign_id, zone_set_id, part: 3 }));

  const jobs = await graphileRate(server.url, isSmall ? 1_000 : 5_000);
  print({
    what: 'graphile-worker, default settings, 8 at a time',
    jobs_per_second: round(jobs, 0),
    ratio: 1,
  });
  const big = await addCampaign(database.pool, NOW);
  await addContacts(database.pool, big, million, zones, NOW);
  for (const want of [10, 50]) {
    for (const schedulers of [1, 3]) {
      const rate = await claimRate(server.url, of(big), { want, schedulers, seconds: isSmall ? 1 : 3 });
      // In life thirty are claimed a second, and the server tidies up as it goes.
      await database.pool.query('vacuum contact, call_attempt');
      const ratio = round(rate / jobs);
      const what = `${million} contacts, batches of ${want}, ${schedulers} scheduler(s)`;
      print({ what, claims_per_second: round(rate, 0), ratio_to_graphile_worker: ratio });
    }
  }

  const sizes = [million / 1_000, million / 10, million];
  const p95 = new Map<number, number>();
  for (const size of sizes) {
    const campaign = size === million ? big : await addCampaign(database.pool, NOW);
    if (size !== million) await addContacts(database.pool, campaign, size, zones, NOW);
    const samples = await latencies(database, of(campaign), { rounds: isSmall ? 50 : 300, size });
    p95.set(size, percentile(samples, 0.95));
    const ratio = round(p95.get(size)! / p95.get(sizes[0]!)!);
    const p50_ms = round(percentile(samples, 0.5));
    print({
      what: `one claim of 10 among ${size}`,
      p50_ms,
      p95_ms: round(p95.get(size)!),
      p95_ratio_to_smallest: ratio,
    });
  }

  // Windows of 39 of 40 zone sets are shut; those contacts must cost nothing.
  const shut = await latencies(database, of(big, 1), { rounds: isSmall ? 50 : 300, size: million });
  const shutP95 = percentile(shut, 0.95);
  print({
    what: `one claim of 10 among ${million}, 98 % in closed windows`,
    p50_ms: round(percentile(shut, 0.5)),
    p95_ms: round(shutP95),
    p95_ratio_to_all_open: round(shutP95 / p95.get(million)!),
  });
  print({ what: 'plan of the pick', reads: await planOf(database, of(big, 1)[0]!) });

  const rounds = isSmall ? 100 : 1_000;
  const over = await roundsOverTheLimit(server.url, of(big), rounds);
  print({ what: `rounds over a limit of 10 lines with 8 claimers`, rounds, over });
  await database.close();
  await server.stop();
};

// The clock goes on: permits are counted by the second.
const startedMs = performance.now();
const clock = () => new Date(NOW.getTime() + performance.now() - startedMs);

function claimOf(open: Claim['open'], want: number, max_concurrent_calls = 1_000_000): Claim {
  return {
    now: clock(),
    max_concurrent_calls,
    calls_per_second: 1_000_000,
    provider_name: 'twilio',
    want,
    open,
  };
}

/** Attempts are ended now and then, as calls do; that time is part of the measure. */
async function claimRate(
  url: string,
  open: Claim['open'],
  { want, schedulers, seconds }: { want: number; schedulers: number; seconds: number },
): Promise<number> {
  const databases = Array.from({ length: schedulers }, () => openDatabase(url, 2));
  const until = performance.now() + seconds * 1_000;
  const loop = async ({ db, pool }: Database) => {
    let claimed = 0;
    for (let sinceSettled = 0; performance.now() < until; ) {
      const { length } = await claimContacts(db, claimOf(open, want));
      claimed += length;
      sinceSettled += length;
      if (sinceSettled >= LINES) {
        await endAttempts(pool, NOW);
        sinceSettled = 0;
      }
    }
    return claimed;
  };
  const claimed = await Promise.all(databases.map(loop));
  for (const { pool } of databases.slice(0, 1)) await endAttempts(pool, NOW);
  await Promise.all(databases.map(({ close }) => close()));
  return claimed.reduce((sum, one) => sum + one, 0) / seconds;
}

async function latencies(
  { db, pool }: Database,
  open: Claim['open'],
  { rounds, size }: { rounds: number; size: number },
): Promise<number[]> {
  const samples: number[] = [];
  for (let round_ = 0; round_ < Math.min(rounds, size / 10); round_ += 1) {
    const startedMs = performance.now();
    const claimed = await claimContacts(db, claimOf(open, 10));
    samples.push(performance.now() - startedMs);
    if (claimed.length < 10) throw new Error(`only ${claimed.length} of 10 were claimed`);
    if (round_ % (LINES / 10) === LINES / 10 - 1) await endAttempts(pool, NOW);
  }
  await endAttempts(pool, NOW);
  return samples;
}

/** What the query inside the function reads its contacts by, as the server itself explains it. */
async function planOf(
  { pool }: Database,
  { campaign_id, zone_set_id, part }: Claim['open'][number],
): Promise<string> {
  const client = await pool.connect();
  const plans: string[] = [];
  const note = (notice: { message?: string | undefined }) => plans.push(notice.message ?? '');
  client.on('notice', note);
  try {
    await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0;
      set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on; set client_min_messages = log`);
    await client.query(
      `select claim_contacts($1, 1000000, 1000000, 10, 'twilio', 30, array[$2]::uuid[], array[$3]::int[], array[$4]::smallint[])`,
      [NOW, campaign_id, zone_set_id, part],
    );
  } finally {
    client.off('notice', note);
    client.release(true);
  }
  const reads = plans.flatMap((plan) =>
    [...plan.matchAll(/((?:Index|Index Only|Seq|Bitmap Heap) Scan[^\n(]*contact\b[^\n(]*)\(/g)].map((match) =>
      match[1]!.trim(),
    ),
  );
  return [...new Set(reads)].join('; ');
}

async function roundsOverTheLimit(url: string, open: Claim['open'], rounds: number): Promise<number> {
  const { db, pool, close } = openDatabase(url, 9);
  let over = 0;
  for (let round_ = 0; round_ < rounds; round_ += 1) {
    await Promise.all(Array.from({ length: 8 }, () => claimContacts(db, claimOf(open, 10, 10))));
    const { rows } = await pool.query(
      'select count(*)::int as live from call_attempt where ended_at is null',
    );
    if (rows[0].live > 10) over += 1;
    await endAttempts(pool, NOW);
  }
  await close();
  return over;
}

async function graphileRate(url: string, count: number): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let done = 0;
  let finished = () => {};
  const all = new Promise<void>((resolve) => {
    finished = resolve;
  });
  const task = async () => {
    done += 1;
    if (done === count) finished();
  };
  // It tells of every job; nobody reads that here.
  const logger = new Logger(() => () => {});
  const options = {
    connectionString: url,
    concurrency: 8,
    taskList: { task },
    noHandleSignals: true,
    logger,
  };
  const runner = await run(options);
  const startedMs = performance.now();
  await client.query(
    `select graphile_worker.add_job('task', json_build_object('n', n)) from generate_series(1, $1::int) n`,
    [count],
  );
  await all;
  const rate = count / ((performance.now() - startedMs) / 1_000);
  await runner.stop();
  await client.end();
  return rate;
}
