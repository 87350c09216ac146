import type { ContactState } from '../lib/api/model.ts';

/** The hue of each contact state, the same in badges, bars and figures. */
export const STATE_COLOR = {
  pending: 'gray',
  in_progress: 'blue',
  completed: 'green',
  refused: 'orange',
  not_reached: 'grape',
  excluded: 'red',
} as const satisfies Record<ContactState, string>;
