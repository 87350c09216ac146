import { type FlowEvent, type FlowState, isOver, type Step, step } from '../dialogue/flow.ts';

/**
 * The step that could not be stored, if it only ends the conversation: a refusal must be obeyed even without a
 * database. Anything else is null, and must not be spoken.
 */
export function advanceUnstored(state: FlowState, event: FlowEvent): Step | null {
  const next = step(state, event);
  return isOver(next.state) ? next : null;
}
