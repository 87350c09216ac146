import { type Db, inTransaction } from '../../infra/db/database.ts';
import type { Campaign } from '../campaign.ts';
import { type Command, moveByUser } from './move-by-user.ts';

/** Lets a paused campaign dial again. */
export function resumeCampaign(db: Db, command: Command): Promise<Campaign> {
  return inTransaction(db, (tx) => moveByUser(tx, command, 'resumed', { to: 'running', from: 'paused' }));
}
