import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type Bench, round } from './report.ts';
import { startApplication } from './support/application.ts';
import { calledCampaign, signIn } from './support/called-campaign.ts';

const ROUNDS = 3;

/**
 * An export over HTTP beside COPY of the same join to nobody, in turns; a third of the contacts is terminal, a tenth of
 * these with answers. What the process grew by over its idle size is its peak.
 */
export const bench: Bench = async ({ print, isSmall }) => {
  const application = await startApplication();
  const client = new pg.Client({ connectionString: application.database });
  await client.connect();
  try {
    const cookie = await signIn(application.pool);
    const size = isSmall ? 60_000 : 1_500_000;
    const campaign_id = await calledCampaign(application.pool, size);
    await application.pool.query(
      `insert into survey_response (id, contact_id, campaign_id, call_attempt_id, q1_answer, q2_answer, q3_answer,
         q1_status, q2_status, q3_status, completed_at)
       select new_id(), a.contact_id, a.campaign_id, a.id, '4', '12', 'All was well, thank you', 'answered', 'answered',
         'answered', a.ended_at
       from call_attempt a where a.campaign_id = $1 and a.outcome = 'completed'`,
      [campaign_id],
    );
    await application.pool.query('vacuum analyze');
    const idle = application.rssMib();
    let peak = idle;
    const watch = setInterval(() => {
      peak = Math.max(peak, application.rssMib());
    }, 50);
    for (let turn = 1; turn <= ROUNDS; turn += 1) {
      const raw = await seconds(() => rawCopy(client, campaign_id));
      let bytes = 0;
      const exported = await seconds(async () => {
        const url = `${application.origin}/api/campaigns/${campaign_id}/export`;
        const answer = await fetch(url, { headers: { cookie } });
        for await (const chunk of answer.body!) bytes += (chunk as Uint8Array).length;
      });
      const rows = Math.floor(size / 3);
      print({
        what: `${rows} rows, round ${turn}`,
        rows_per_second: round(rows / exported, 0),
        ratio_to_raw_copy: round(raw / exported),
        mib: round(bytes / 1024 / 1024, 1),
        rss_growth_mib: round(peak - idle, 0),
      });
    }
    clearInterval(watch);
  } finally {
    await client.end();
    await application.stop();
  }
};

async function rawCopy(client: pg.Client, campaign_id: string): Promise<void> {
  const nobody = new Writable({ write: (_chunk, _encoding, done) => done() });
  const query = `select c.campaign_id, c.id, c.external_contact_id, c.phone_number, c.state, c.attempts_count,
      c.last_attempt_at, r.completed_at, r.q1_answer, r.q2_answer, r.q3_answer, r.q1_status, r.q2_status, r.q3_status
    from contact c left join survey_response r on r.contact_id = c.id
    where c.campaign_id = '${campaign_id}' and c.state in ('completed', 'refused', 'not_reached', 'excluded')
    order by c.id`;
  await pipeline(client.query(copyTo(`copy (${query}) to stdout with (format csv, header)`)), nobody);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1_000;
}
