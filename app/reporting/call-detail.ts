import type { Role } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import type { QuestionType } from '../infra/db/tables.ts';

type ScriptContent = Record<string, { questions: { text: string; type: QuestionType }[] } | undefined>;

const COLUMNS = [
  'call_attempt.id',
  'call_id',
  'contact_id',
  'call_attempt.campaign_id',
  'attempt_number',
  'provider_name',
  'provider_call_id',
  'provider_status',
  'provider_raw_status',
  'started_at',
  'answered_at',
  'ended_at',
  'outcome',
  'disposition',
  'error_code',
  'script_version',
  'language',
] as const;

/** All that is known of one call. A viewer gets no transcript, no words and no free-text answers. */
export async function callDetail(db: Db, { call_id, role }: { call_id: string; role: Role }) {
  const call = await db
    .selectFrom('call_attempt')
    .select(COLUMNS)
    .where('call_id', '=', call_id)
    .executeTakeFirst();
  if (!call) throw new AppError('resource.not_found', 'There is no such call.');
  const mayRead = role !== 'viewer';
  const [events, consent, transcript, answers] = await Promise.all([
    findEvents(db, call_id),
    findConsent(db, call.id, mayRead),
    mayRead ? findTranscript(db, call.id) : [],
    findAnswers(db, call, mayRead),
  ]);
  return { ...call, events, consent, transcript, answers, recording_url: null };
}

function findEvents(db: Db, call_id: string) {
  return db
    .selectFrom('call_event')
    .select(['type', 'occurred_at', 'is_anomaly'])
    .where('call_id', '=', call_id)
    .orderBy('occurred_at')
    .orderBy('id')
    .execute();
}

async function findConsent(db: Db, call_attempt_id: string, mayRead: boolean) {
  const record = await db
    .selectFrom('consent_record')
    .select(['decision', 'decided_at', 'words', 'reason', 'script_version', 'script_hash', 'decided_by'])
    .where('call_attempt_id', '=', call_attempt_id)
    .executeTakeFirst();
  if (!record) return null;
  const { words, reason } = record;
  return { ...record, words: mayRead ? words : null, reason: mayRead ? reason : null };
}

function findTranscript(db: Db, call_attempt_id: string) {
  return db
    .selectFrom('transcript_turn')
    .select(['position', 'speaker', 'text', 'language', 'interpretation', 'latency_ms'])
    .where('call_attempt_id', '=', call_attempt_id)
    .orderBy('position')
    .execute();
}

type Spoken = { id: string; campaign_id: string; script_version: number; language: string };

async function findAnswers(db: Db, call: Spoken, mayRead: boolean) {
  const rows = (await findResponse(db, call.id)) ?? (await findPartialAnswers(db, call.id));
  const script = await db
    .selectFrom('script_version')
    .select('content')
    .where('campaign_id', '=', call.campaign_id)
    .where('version', '=', call.script_version)
    .executeTakeFirst();
  const questions = (script?.content as ScriptContent | undefined)?.[call.language]?.questions ?? [];
  return rows.map((row) => {
    const question = questions[row.question - 1];
    const type = question?.type ?? 'free_text';
    const isHidden = !mayRead && type === 'free_text';
    return {
      question: row.question,
      text: question?.text ?? '',
      type,
      answer: isHidden ? null : row.answer,
      status: row.status,
      confidence: row.confidence,
      words: mayRead ? row.words : null,
    };
  });
}

/** The three answers of a completed call. */
async function findResponse(db: Db, call_attempt_id: string) {
  const response = await db
    .selectFrom('survey_response')
    .selectAll()
    .where('call_attempt_id', '=', call_attempt_id)
    .executeTakeFirst();
  if (!response) return null;
  return ([1, 2, 3] as const).map((question) => ({
    question,
    status: response[`q${question}_status`],
    answer: response[`q${question}_answer`],
    confidence: response[`q${question}_confidence`],
    words: response[`q${question}_words`],
  }));
}

/** What was answered so far in a call that is live or broke off. */
function findPartialAnswers(db: Db, call_attempt_id: string) {
  return db
    .selectFrom('call_answer')
    .select(['question', 'status', 'answer', 'confidence', 'words'])
    .where('call_attempt_id', '=', call_attempt_id)
    .orderBy('question')
    .execute();
}
