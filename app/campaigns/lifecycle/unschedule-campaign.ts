import { type Db, inTransaction } from '../../infra/db/database.ts';
import type { Campaign } from '../campaign.ts';
import { type Command, moveByUser } from './move-by-user.ts';

/** Takes a scheduled campaign back to draft, where everything can be edited again. */
export function unscheduleCampaign(db: Db, command: Command): Promise<Campaign> {
  return inTransaction(db, (tx) =>
    moveByUser(tx, command, 'unscheduled', { to: 'draft', scheduled_at: null }),
  );
}
