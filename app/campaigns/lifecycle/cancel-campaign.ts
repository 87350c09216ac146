import { type Db, inTransaction } from '../../infra/db/database.ts';
import type { Campaign } from '../campaign.ts';
import { type Command, moveByUser } from './move-by-user.ts';

/** Stops a campaign for good; waiting contacts stay as they are and live calls end as usual. */
export function cancelCampaign(db: Db, command: Command): Promise<Campaign> {
  return inTransaction(db, (tx) => moveByUser(tx, command, 'cancelled', { to: 'cancelled' }));
}
