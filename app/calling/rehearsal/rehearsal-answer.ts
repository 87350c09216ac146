import { z } from 'zod';
import { spokenSeconds } from '../../campaigns/scripts/spoken-seconds.ts';
import type { Disposition } from '../../infra/db/tables.ts';
import { DISPOSITIONS } from '../call.ts';
import { type FlowScript, listening } from '../dialogue/flow.ts';
import { LABELS } from '../dialogue/interpreter.ts';
import { isSceneOver, type Scene, type SceneTurn } from '../dialogue/rehearsal/scene.ts';
import { fateOfAnswers } from '../keep-answers.ts';
import type { findRehearsal, listRehearsals } from './find-rehearsals.ts';

const language = z.enum(['en', 'it']);
const disposition = z.enum(Object.keys(DISPOSITIONS) as [Disposition, ...Disposition[]]);
const outcome = z.enum(['completed', 'refused', 'no_answer', 'busy', 'failed']);
const count = z.number().int();

/** What every rehearsal and trial run is stamped with. */
export const stampShape = {
  id: z.string(),
  campaign_id: z.string(),
  script_version: count,
  is_current: z.boolean().describe('Played with the wording that the campaign has now'),
  language,
  is_draft: z.boolean().describe('The wording was neither launched nor approved yet'),
  interpreter: z.string().describe('`rules`, or the model that understood beside them'),
  user_name: z.string(),
  started_at: z.date(),
  ended_at: z.date().nullable(),
};

const interpretation = z.object({
  label: z.enum(LABELS),
  value: z.number().nullable(),
  confidence: z.number(),
  rule: z.string().describe('What decided'),
});

export const transcriptTurn = z.object({
  position: count,
  speaker: z.enum(['agent', 'respondent']),
  text: z.string(),
  language,
  done: z.enum(['said', 'silence', 'hung_up', 'machine_detected']),
  prompt: z.string().nullable(),
  verbatim: z.boolean().describe('The approved text, word for word'),
  spoken_seconds: count.nullable(),
  interpretation: z.enum(LABELS).nullable(),
  confidence: z.number().nullable(),
});

export const rehearsalItem = z.object({
  ...stampShape,
  utterances: count,
  disposition: disposition.nullable(),
  outcome: outcome.nullable(),
});

export const rehearsalAnswer = z.object({
  ...rehearsalItem.shape,
  aapor: z.string().nullable(),
  agent: z.array(z.string()).describe('What the agent said in reply to the last turn'),
  interpretation: interpretation.nullable().describe('How the last turn was understood'),
  consent: z
    .object({
      decision: z.enum(['granted', 'refused']),
      words: z.string(),
      decided_by: z.string(),
      reason: z.string().nullable(),
    })
    .nullable(),
  answers: z.array(
    z.object({
      question: count,
      text: z.string(),
      type: z.enum(['free_text', 'numeric', 'scale']),
      answer: z.string().nullable(),
      status: z.enum(['answered', 'refused', 'dont_know', 'not_understood']),
      confidence: z.number().nullable(),
      words: z.string().nullable(),
    }),
  ),
  answers_fate: z.enum(['stored', 'kept_apart', 'discarded']).nullable(),
  opt_out: z.boolean().describe('In a call the number would be on the exclusion list'),
  callback_at_minutes: z.number().nullable(),
  waiting_for: z
    .object({
      context: z.enum(['consent', 'question']),
      question: count,
      type: z.enum(['free_text', 'numeric', 'scale']).nullable(),
      scale_min: z.number().nullable(),
      scale_max: z.number().nullable(),
    })
    .nullable()
    .describe('What the agent listens for; null once it is over'),
  transcript: z.array(transcriptTurn).nullable().describe('Null once it is over its time'),
});
export type RehearsalAnswer = z.output<typeof rehearsalAnswer>;

type Row = Awaited<ReturnType<typeof findRehearsal>>;
type ItemRow = Awaited<ReturnType<typeof listRehearsals>>['items'][number];

/** The stamp and the result, without a word that was typed: what everybody may see. */
export function toRehearsalItem({ current_version, ...row }: ItemRow) {
  const rule = row.disposition && DISPOSITIONS[row.disposition];
  return { ...row, is_current: row.script_version === current_version, outcome: rule?.outcome ?? null };
}

/** The whole rehearsal as it is sent. */
export function toRehearsalAnswer({ scene, revision: _, ...row }: Row): RehearsalAnswer {
  const { disposition } = row;
  return {
    ...toRehearsalItem(row),
    aapor: disposition && DISPOSITIONS[disposition].aapor,
    answers_fate: disposition && fateOfAnswers(disposition),
    agent: scene ? lastWords(scene.turns) : [],
    interpretation: scene ? lastUnderstood(scene.turns) : null,
    consent: scene?.consent ?? null,
    answers: scene ? answersOf(scene) : [],
    opt_out: scene?.opt_out ?? false,
    callback_at_minutes: scene?.callback_at_minutes ?? null,
    waiting_for: scene ? waitingFor(scene) : null,
    transcript: scene ? transcriptOf(scene.turns, scene.state.script.language) : null,
  };
}

/** The conversation turn by turn, with how long the agent speaks. */
export function transcriptOf(turns: readonly SceneTurn[], language: FlowScript['language']) {
  return turns.map(({ understood, ...turn }, index) => ({
    ...turn,
    position: index + 1,
    language,
    spoken_seconds: turn.speaker === 'agent' ? spokenSeconds(turn.text) : null,
    interpretation: understood?.label ?? null,
    confidence: understood?.confidence ?? null,
  }));
}

function lastWords(turns: readonly SceneTurn[]): string[] {
  const last = turns.findLastIndex(({ speaker }) => speaker === 'respondent');
  return turns.slice(last + 1).map(({ text }) => text);
}

function lastUnderstood(turns: readonly SceneTurn[]) {
  const understood = turns.findLast(({ speaker }) => speaker === 'respondent')?.understood;
  if (!understood) return null;
  const { label, value, confidence, rule } = understood;
  return { label, value, confidence, rule };
}

function answersOf({ answers, state }: Scene) {
  return answers.map((answer) => {
    const { text, type } = state.script.questions[answer.question - 1]!;
    return { ...answer, text, type };
  });
}

function waitingFor(scene: Scene): RehearsalAnswer['waiting_for'] {
  const { state } = scene;
  const now = isSceneOver(scene) ? null : listening(state);
  if (now === null) return null;
  const nothing = { type: null, scale_min: null, scale_max: null };
  return { ...nothing, ...now, question: state.question };
}
