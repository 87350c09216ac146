import { z } from 'zod';
import type { Disposition } from '../../infra/db/tables.ts';
import { DISPOSITIONS } from '../call.ts';
import { RESPONDENTS } from '../dialogue/rehearsal/respondent.ts';
import type { findTrialRun, listTrialRuns } from './find-trial-runs.ts';
import { stampShape, transcriptOf, transcriptTurn } from './rehearsal-answer.ts';

const result = z.object({
  consent: z.enum(['granted', 'refused']).nullable(),
  disposition: z.enum(Object.keys(DISPOSITIONS) as [Disposition, ...Disposition[]]).nullable(),
  outcome: z.enum(['completed', 'refused', 'no_answer', 'busy', 'failed']).nullable(),
  answers: z.array(z.enum(['answered', 'refused', 'dont_know', 'not_understood'])),
});

export const trialRunItem = z.object({
  ...stampShape,
  total: z.number().int(),
  as_expected: z.number().int(),
});

export const trialRun = z.object({
  ...trialRunItem.shape,
  results: z.array(
    z.object({
      respondent: z.enum(RESPONDENTS),
      expected: result,
      actual: result,
      is_as_expected: z.boolean(),
      transcript: z.array(transcriptTurn),
    }),
  ),
});

type Row = Awaited<ReturnType<typeof findTrialRun>>;
type ItemRow = Awaited<ReturnType<typeof listTrialRuns>>['items'][number];

/** The stamp and the score. */
export function toTrialRunItem({ current_version, ...row }: ItemRow) {
  return { ...row, is_current: row.script_version === current_version };
}

/** The whole run as it is sent; everything in it was scripted. */
export function toTrialRun({ results, ...row }: Row): z.output<typeof trialRun> {
  return {
    ...toTrialRunItem(row),
    results: results.map(({ turns, expected, actual, ...one }) => ({
      ...one,
      expected: withOutcome(expected),
      actual: withOutcome(actual),
      transcript: transcriptOf(turns, row.language),
    })),
  };
}

function withOutcome<T extends { disposition: Disposition | null }>(given: T) {
  return { ...given, outcome: given.disposition && DISPOSITIONS[given.disposition].outcome };
}
