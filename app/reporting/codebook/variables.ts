import type { Campaign } from '../../campaigns/campaign.ts';
import type { Language } from '../../infra/db/tables.ts';
import type { campaignStats } from '../campaign-stats.ts';
import { EXPORT_COLUMNS } from '../export-columns.ts';
import { CODEBOOK_TEXTS } from './codebook-texts.ts';

type Figures = Awaited<ReturnType<typeof campaignStats>>;
type Value = { value: string; label: string; count: number | null };
export type Variable = {
  name: string;
  label: string;
  type: 'id' | 'text' | 'phone' | 'category' | 'integer' | 'number' | 'time';
  /** The closed set of a category; null where anything may stand. */
  values: Value[] | null;
  /** The least and greatest value that was allowed, of a scale. */
  range: { min: number; max: number } | null;
  /** What was answered, of a question with numbers. */
  summary: { count: number; mean: number | null; min: number | null; max: number | null } | null;
};

const TYPES: Record<string, Variable['type']> = {
  campaign_id: 'id',
  contact_id: 'id',
  external_contact_id: 'text',
  phone_number: 'phone',
  outcome: 'category',
  attempt_count: 'integer',
  last_attempt_at: 'time',
  completed_at: 'time',
};
const OUTCOMES = ['completed', 'refused', 'not_reached', 'excluded'] as const;
const ANSWER_STATUSES = ['answered', 'refused', 'dont_know', 'not_understood'] as const;

/** Every column of the export, in its order, with what may stand in it. */
export function variablesOf(campaign: Campaign, figures: Figures, language: Language): Variable[] {
  return EXPORT_COLUMNS.map(([name]) => {
    const question = /^q([123])_(answer|status)$/.exec(name);
    if (question) {
      const number = Number(question[1]) as 1 | 2 | 3;
      return question[2] === 'answer'
        ? answerVariable(name, campaign, figures, number)
        : statusVariable(name, number, language);
    }
    const texts = CODEBOOK_TEXTS[language];
    const label = texts.variables[name as keyof typeof texts.variables] ?? name;
    const values =
      name === 'outcome'
        ? OUTCOMES.map((value) => ({ value, label: texts.outcomes[value], count: figures.by_state[value] }))
        : null;
    return { name, label, type: TYPES[name] ?? 'text', values, range: null, summary: null };
  });
}

function answerVariable(name: string, campaign: Campaign, figures: Figures, number: 1 | 2 | 3): Variable {
  const label = campaign[`question_${number}_text`];
  const type = campaign[`question_${number}_type`];
  if (type === 'free_text') return { name, label, type: 'text', values: null, range: null, summary: null };
  const answers = figures.answers.find(({ question }) => question === number)!;
  const { count, mean, min: least, max: greatest } = answers;
  const summary = { count, mean, min: least, max: greatest };
  if (type === 'numeric') return { name, label, type: 'number', values: null, range: null, summary };
  const min = campaign[`question_${number}_scale_min`] ?? 1;
  const max = campaign[`question_${number}_scale_max`] ?? 5;
  const given = new Map(answers.distribution.map((one) => [Number(one.value), one.count]));
  const values = Array.from({ length: max - min + 1 }, (_, at) => ({
    value: String(min + at),
    label: String(min + at),
    count: given.get(min + at) ?? 0,
  }));
  return { name, label, type: 'integer', values, range: { min, max }, summary };
}

function statusVariable(name: string, number: number, language: Language): Variable {
  const texts = CODEBOOK_TEXTS[language];
  const values = ANSWER_STATUSES.map((value) => ({
    value,
    label: texts.answer_statuses[value],
    count: null,
  }));
  return {
    name,
    label: `${texts.status_of} ${number}`,
    type: 'category',
    values,
    range: null,
    summary: null,
  };
}
