import { sql } from 'kysely';
import { sha256Hex } from '../../infra/crypto/hash.ts';
import type { Tx } from '../../infra/db/database.ts';
import type { FlowAction, FlowEvent, FlowState } from '../dialogue/flow.ts';

type Effects = {
  call_attempt_id: string;
  event: FlowEvent;
  state: FlowState;
  actions: FlowAction[];
  now: Date;
};
type Of<T extends FlowAction['type']> = Extract<FlowAction, { type: T }>;

/** Writes what one step decided, said and heard; answers the transcript position of the agent's first turn in it. */
export async function storeEffects(tx: Tx, effects: Effects): Promise<number | null> {
  const { call_attempt_id, event, state, actions, now } = effects;
  for (const action of actions) {
    if (action.type === 'record_consent') await writeConsent(tx, call_attempt_id, action, now);
    if (action.type === 'record_answer') await writeAnswer(tx, call_attempt_id, action);
  }
  const finish = actions.find((action): action is Of<'finish'> => action.type === 'finish');
  await tx
    .updateTable('conversation')
    .set((eb) => ({
      state: JSON.stringify(state),
      revision: eb('revision', '+', 1),
      updated_at: now,
      ...(event.type === 'heard' ? { hearing_until: null } : {}),
      ...(finish ? { disposition: finish.disposition, callback_at: callbackAt(finish, now) } : {}),
    }))
    .where('call_attempt_id', '=', call_attempt_id)
    .execute();
  return writeTurns(tx, effects);
}

function callbackAt({ callback_at_minutes }: Of<'finish'>, now: Date): Date | null {
  return callback_at_minutes === null ? null : new Date(now.getTime() + callback_at_minutes * 60_000);
}

// The first decision stands; it names the wording that was spoken.
async function writeConsent(tx: Tx, call_attempt_id: string, consent: Of<'record_consent'>, now: Date) {
  await sql`
    insert into consent_record (call_attempt_id, decision, words, script_version, script_hash, decided_at,
      decided_by, reason)
    select a.id, ${consent.decision}, ${consent.words}, s.version, s.hash, ${now}, ${consent.decided_by},
      ${consent.reason}
    from call_attempt a
    join script_version s on s.campaign_id = a.campaign_id and s.version = a.script_version
    where a.id = ${call_attempt_id}
    on conflict (call_attempt_id) do nothing`.execute(tx);
}

async function writeAnswer(tx: Tx, call_attempt_id: string, { type: _, ...answer }: Of<'record_answer'>) {
  await tx
    .insertInto('call_answer')
    .values({ call_attempt_id, ...answer })
    .onConflict((conflict) => conflict.columns(['call_attempt_id', 'question']).doUpdateSet(answer))
    .execute();
}

type Turn = { speaker: 'agent' | 'respondent'; text: string; interpretation: string | null };

async function writeTurns(tx: Tx, { call_attempt_id, event, state, actions, now }: Effects) {
  const heard: Turn[] =
    event.type === 'heard'
      ? [{ speaker: 'respondent', text: event.words, interpretation: event.interpretation.label }]
      : [];
  const said = actions
    .filter((action): action is Of<'say'> => action.type === 'say')
    .map(({ text }): Turn => ({ speaker: 'agent', text, interpretation: null }));
  const turns = [...heard, ...said].map((turn, index) => ({
    ...turn,
    ordinal: index + 1,
    text_hash: sha256Hex(turn.text),
  }));
  if (turns.length === 0) return null;
  const { language } = state.script;
  const { rows } = await sql<{ position: number; speaker: string }>`
    insert into transcript_turn (call_attempt_id, position, speaker, text, text_hash, language, interpretation,
      created_at)
    select ${call_attempt_id}::uuid,
      coalesce((select max(position) from transcript_turn where call_attempt_id = ${call_attempt_id}), 0) + t.ordinal,
      t.speaker, t.text, t.text_hash, ${language}, t.interpretation, ${now}::timestamptz
    from json_to_recordset(${JSON.stringify(turns)}::json)
      as t(ordinal int, speaker speaker, text text, text_hash text, interpretation text)
    returning position, speaker`.execute(tx);
  const positions = rows.filter(({ speaker }) => speaker === 'agent').map(({ position }) => position);
  return positions.length === 0 ? null : Math.min(...positions);
}
