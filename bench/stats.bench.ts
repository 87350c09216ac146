import { type Bench, percentile, round } from './report.ts';
import { startApplication } from './support/application.ts';
import { calledCampaign, signIn } from './support/called-campaign.ts';

const ROUNDS = 100;
const QUESTIONS = 'select count(*) from contact where campaign_id = $1 group by state';

/**
 * The figures of a campaign and its list of contacts over HTTP, at three sizes in one database, beside what counting the
 * contacts anew would take. A third of the contacts was called; calls spread over thirty days of eight hours.
 */
export const bench: Bench = async ({ print, isSmall }) => {
  const application = await startApplication();
  try {
    const cookie = await signIn(application.pool);
    for (const size of isSmall ? [1_000, 20_000] : [1_000, 100_000, 1_000_000]) {
      const campaign_id = await calledCampaign(application.pool, size);
      await application.pool.query('vacuum analyze');
      const ask = async (path: string) => {
        const answer = await fetch(`${application.origin}${path}`, { headers: { cookie } });
        const body = (await answer.json()) as { next_cursor?: string };
        if (!answer.ok) throw new Error(JSON.stringify(body).slice(0, 300));
        return body;
      };
      const base = `/api/campaigns/${campaign_id}`;
      const middle = (await ask(`${base}/contacts?page=${Math.floor(size / 50)}&page_size=25`)).next_cursor!;
      const asked = {
        stats: `${base}/stats`,
        'first page': `${base}/contacts`,
        'a page in the middle, by cursor': `${base}/contacts?cursor=${middle}`,
        'by last attempt': `${base}/contacts?sort=-last_attempt_at`,
        'completed ones': `${base}/contacts?state=completed`,
        'end of a number': `${base}/contacts?q=4321`,
      };
      const counting = await timed(() => application.pool.query(QUESTIONS, [campaign_id]), 5);
      for (const [what, path] of Object.entries(asked)) {
        const times = await timed(() => ask(path), ROUNDS);
        print({
          what,
          contacts: size,
          p50_ms: round(percentile(times, 0.5)),
          p95_ms: round(percentile(times, 0.95)),
          counting_anew_ms: round(percentile(counting, 0.5)),
        });
      }
    }
  } finally {
    await application.stop();
  }
};

async function timed(work: () => Promise<unknown>, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const startedMs = performance.now();
    await work();
    times.push(performance.now() - startedMs);
  }
  return times;
}
