import type { Selectable } from 'kysely';
import type { Role } from '../auth/user.ts';
import { ADMINS, MANAGERS, READERS } from '../auth/user.ts';
import type { CampaignStatus, Campaign as CampaignTable } from '../infra/db/tables.ts';

export type { CampaignStatus } from '../infra/db/tables.ts';

/** A campaign as it is stored. */
export type Campaign = Selectable<CampaignTable>;

/** From which status a campaign may go to which; the database holds the same table in a trigger. */
export const MOVES = {
  draft: ['scheduled', 'running'],
  scheduled: ['running', 'draft', 'cancelled'],
  running: ['paused', 'completed', 'cancelled'],
  paused: ['running', 'cancelled'],
  completed: [],
  cancelled: [],
} as const satisfies Record<CampaignStatus, readonly CampaignStatus[]>;

/** True when `from` → `to` is in the table of moves. */
export function canMove(from: CampaignStatus, to: CampaignStatus): boolean {
  return (MOVES[from] as readonly CampaignStatus[]).includes(to);
}

/** What people do with a campaign: who may, and in which status. */
export const ACTIONS = {
  edit: { roles: MANAGERS, from: ['draft', 'scheduled', 'running', 'paused'] },
  upload_contacts: { roles: MANAGERS, from: ['draft', 'scheduled', 'running', 'paused'] },
  approve: { roles: ADMINS, from: ['draft', 'scheduled', 'paused'] },
  rehearse: { roles: MANAGERS, from: ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'] },
  activate: { roles: MANAGERS, from: ['draft'] },
  unschedule: { roles: MANAGERS, from: ['scheduled'] },
  pause: { roles: MANAGERS, from: ['running'] },
  resume: { roles: MANAGERS, from: ['paused'] },
  cancel: { roles: MANAGERS, from: ['scheduled', 'running', 'paused'] },
  delete: { roles: MANAGERS, from: ['draft', 'completed', 'cancelled'] },
  duplicate: { roles: MANAGERS, from: ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'] },
  export: { roles: MANAGERS, from: ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'] },
  read: { roles: READERS, from: ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'] },
} as const satisfies Record<string, { roles: readonly Role[]; from: readonly CampaignStatus[] }>;
export type CampaignAction = keyof typeof ACTIONS;

/** What this role may do with a campaign in this status, now: the console mirrors no rule of its own. */
export function allowedActions(status: CampaignStatus, role: Role): Record<CampaignAction, boolean> {
  const entries = Object.entries(ACTIONS).map(([action, { roles, from }]) => [
    action,
    (roles as readonly Role[]).includes(role) && (from as readonly CampaignStatus[]).includes(status),
  ]);
  return Object.fromEntries(entries);
}

/** True while contacts may still be added. */
export function isOpen(status: CampaignStatus): boolean {
  return (ACTIONS.upload_contacts.from as readonly CampaignStatus[]).includes(status);
}
