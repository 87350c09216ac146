/** How far a call came; the index is the number that a contact and `call_reach` carry. */
export const FUNNEL_STEPS = [
  'dialled',
  'answered',
  'consent',
  'question_1',
  'question_2',
  'question_3',
  'completed',
] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];
