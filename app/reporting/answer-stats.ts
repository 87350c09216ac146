import { sql } from 'kysely';
import type { Role } from '../auth/user.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Tx } from '../infra/db/database.ts';
import type { ValueCell } from './read-figures.ts';

type Distribution = { value: string; count: number; share: number }[];
export type AnswerStats = {
  question: number;
  text: string;
  type: string;
  count: number;
  mean: number | null;
  min: number | null;
  max: number | null;
  distribution: Distribution;
  /** What was said last to a question in free words; nothing for a viewer. */
  texts: string[];
};

const MOST_VALUES = 101;
const MOST_TEXTS = 100;

/** What was answered to each question; what people said in their own words is shown to those who may read calls. */
export async function answerStats(
  tx: Tx,
  campaign: Campaign,
  cells: readonly ValueCell[],
  role: Role,
): Promise<AnswerStats[]> {
  const stats: AnswerStats[] = [];
  for (const question of [1, 2, 3] as const) {
    const type = campaign[`question_${question}_type`];
    const mayRead = type === 'free_text' && role !== 'viewer';
    stats.push({
      question,
      text: campaign[`question_${question}_text`],
      type,
      ...figuresOf(
        type,
        cells.filter(({ number }) => number === question),
      ),
      texts: mayRead ? await latestTexts(tx, campaign.id, question) : [],
    });
  }
  return stats;
}

function figuresOf(type: string, cells: readonly ValueCell[]) {
  const count = cells.reduce((sum, cell) => sum + cell.entries, 0);
  if (type === 'free_text') return { count, mean: null, min: null, max: null, distribution: [] };
  const sorted = cells.toSorted((a, b) => Number(a.value) - Number(b.value));
  const sum = sorted.reduce((total, cell) => total + Number(cell.value) * cell.entries, 0);
  return {
    count,
    mean: count === 0 ? null : sum / count,
    min: sorted[0] ? Number(sorted[0].value) : null,
    max: sorted.length > 0 ? Number(sorted.at(-1)?.value) : null,
    distribution: sorted
      .slice(0, MOST_VALUES)
      .map(({ value, entries }) => ({ value, count: entries, share: entries / count })),
  };
}

async function latestTexts(tx: Tx, campaign_id: string, question: 1 | 2 | 3): Promise<string[]> {
  const answer = sql.ref(`q${question}_answer`);
  const { rows } = await sql<{ answer: string }>`
    select ${answer} as answer from survey_response
    where campaign_id = ${campaign_id} and ${answer} is not null
    order by completed_at desc limit ${MOST_TEXTS}`.execute(tx);
  return rows.map((row) => row.answer);
}
