import { excludeNumber } from '../../contacts/exclusions/exclude-number.ts';
import { lockNumber } from '../../contacts/lock-number.ts';
import { inTransaction, type Tx } from '../../infra/db/database.ts';
import { isFinalStatus } from '../call.ts';
import {
  begin,
  type FlowAction,
  type FlowEvent,
  type FlowScript,
  type FlowState,
  step,
} from '../dialogue/flow.ts';
import type { CallPorts } from '../ports.ts';
import { storeEffects } from './store-effects.ts';

type Ctx = Pick<CallPorts, 'db' | 'now' | 'phoneHash'>;

export type Advance = {
  call_id: string;
  event: FlowEvent;
  /** The wording, for the event that opens the conversation. */
  script?: FlowScript;
};

export type Advanced = {
  state: FlowState;
  actions: FlowAction[];
  call_attempt_id: string;
  provider_call_id: string | null;
  /** Where in the transcript the first turn of the agent was written, null when it said nothing. */
  first_agent_position: number | null;
  /** The line is gone already; its settlement waited for this step. */
  has_ended: boolean;
};

type Line = Awaited<ReturnType<typeof lockLine>>;

/**
 * One step of a stored conversation: the state moves and everything the step records is written in one transaction.
 * Two processes never take it at once. Null when the call is settled or has no conversation; even then an opt-out is
 * written.
 */
export function advanceConversation(ctx: Ctx, input: Advance): Promise<Advanced | null> {
  const { call_id, event } = input;
  return inTransaction(ctx.db, async (tx) => {
    if (isOptOut(event)) await lockNumberOf(tx, call_id);
    const line = await lockLine(tx, call_id);
    if (!line) return null;
    if (line.ended_at !== null) {
      if (isOptOut(event)) await writeOptOut(tx, ctx, line);
      return null;
    }
    const before = (line.state as FlowState | null) ?? (input.script ? begin(input.script) : null);
    if (before === null) return null;
    const { state, actions } = step(before, whoAnswered(line, event));
    if (actions.some(({ type }) => type === 'record_opt_out')) await writeOptOut(tx, ctx, line);
    const now = ctx.now();
    const call_attempt_id = line.id;
    const first_agent_position = await storeEffects(tx, { call_attempt_id, event, state, actions, now });
    const { provider_call_id } = line;
    const has_ended = isFinalStatus(line.provider_status ?? '');
    return { state, actions, call_attempt_id, provider_call_id, first_agent_position, has_ended };
  });
}

/** The verdict of the detection may be there before the conversation is: then a machine has answered, not a person. */
function whoAnswered(line: NonNullable<Line>, event: FlowEvent): FlowEvent {
  return event.type === 'answered' && line.answered_by === 'machine' ? { type: 'machine_detected' } : event;
}

/** True for words that mean "never call me again": they count at any time. */
function isOptOut(event: FlowEvent): boolean {
  return event.type === 'heard' && event.interpretation.label === 'opt_out';
}

// The number before the call's row, as everywhere.
async function lockNumberOf(tx: Tx, call_id: string): Promise<void> {
  const row = await tx
    .selectFrom('call_attempt')
    .select('phone_number')
    .where('call_id', '=', call_id)
    .executeTakeFirst();
  if (row?.phone_number) await lockNumber(tx, row.phone_number);
}

function lockLine(tx: Tx, call_id: string) {
  return tx
    .selectFrom('call_attempt as a')
    .innerJoin('conversation as v', 'v.call_attempt_id', 'a.id')
    .select([
      'a.id',
      'a.ended_at',
      'a.phone_number',
      'a.provider_call_id',
      'a.provider_status',
      'a.answered_by',
    ])
    .select('v.state')
    .where('a.call_id', '=', call_id)
    .forUpdate()
    .executeTakeFirst();
}

async function writeOptOut(tx: Tx, ctx: Ctx, line: NonNullable<Line>): Promise<void> {
  if (line.phone_number === null) return;
  await excludeNumber(tx, {
    phone_number: line.phone_number,
    phone_hash: ctx.phoneHash(line.phone_number),
    campaign_id: null,
    reason: 'opt_out',
    source: 'call',
    now: ctx.now(),
  });
}
