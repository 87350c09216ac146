import { type Db, inTransaction } from '../../infra/db/database.ts';
import type { Campaign } from '../campaign.ts';
import { type Command, moveByUser } from './move-by-user.ts';

/** Stops new dials at once; live calls end as usual. */
export function pauseCampaign(db: Db, command: Command): Promise<Campaign> {
  return inTransaction(db, (tx) => moveByUser(tx, command, 'paused', { to: 'paused' }));
}
