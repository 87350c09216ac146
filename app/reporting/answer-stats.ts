import { sql } from 'kysely';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Db } from '../infra/db/database.ts';

type Distribution = { value: string; count: number }[];
export type AnswerStats = {
  question: number;
  text: string;
  type: string;
  count: number;
  mean: number | null;
  min: number | null;
  max: number | null;
  distribution: Distribution;
};

const MOST_VALUES = 101;

/** What was answered to each question. Free text is counted only: what people said is read call by call. */
export async function answerStats(db: Db, campaign: Campaign): Promise<AnswerStats[]> {
  const stats: AnswerStats[] = [];
  for (const question of [1, 2, 3] as const) stats.push(await statsOf(db, campaign, question));
  return stats;
}

async function statsOf(db: Db, campaign: Campaign, question: 1 | 2 | 3): Promise<AnswerStats> {
  const type = campaign[`question_${question}_type`];
  const answer = sql.ref(`q${question}_answer`);
  const { rows } = await sql<{ value: string; count: number }>`
    select ${type === 'free_text' ? sql`''` : answer} as value, count(*) as count
    from survey_response where campaign_id = ${campaign.id} and ${answer} is not null
    group by 1`.execute(db);
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  const base = { question, text: campaign[`question_${question}_text`], type, count };
  if (type === 'free_text') return { ...base, mean: null, min: null, max: null, distribution: [] };
  const sorted = rows.toSorted((a, b) => Number(a.value) - Number(b.value));
  const sum = sorted.reduce((total, row) => total + Number(row.value) * row.count, 0);
  return {
    ...base,
    mean: count === 0 ? null : sum / count,
    min: sorted[0] ? Number(sorted[0].value) : null,
    max: sorted.length > 0 ? Number(sorted.at(-1)?.value) : null,
    distribution: sorted.slice(0, MOST_VALUES),
  };
}
