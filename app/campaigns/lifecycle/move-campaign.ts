import { sql } from 'kysely';
import { AppError } from '../../errors.ts';
import type { Tx } from '../../infra/db/database.ts';
import { type Campaign, type CampaignStatus, canMove, MOVES } from '../campaign.ts';
import { lockCampaign } from './lock-campaign.ts';

export type CampaignMove = {
  campaign_id: string;
  to: CampaignStatus;
  /** Where the move must start from; without it any status that the table of moves allows. */
  from?: CampaignStatus;
  now: Date;
  /** The revision the asker saw; another one now is 412. */
  if_match?: number | undefined;
  /** Why the system moved it; a person's move clears it. */
  status_reason?: string | null;
  scheduled_at?: Date | null;
};

/** The only way to another status: 404, 412 `request.stale`, or 409 `campaign.bad_move` with what is possible. */
export async function moveCampaign(
  tx: Tx,
  move: CampaignMove,
): Promise<{ before: Campaign; after: Campaign }> {
  const before = await lockCampaign(tx, move);
  assertMove(before, move.to, move.from);
  const after = await tx
    .updateTable('campaign')
    .set({
      status: move.to,
      status_reason: move.status_reason ?? null,
      ...(move.scheduled_at === undefined ? {} : { scheduled_at: move.scheduled_at }),
      revision: before.revision + 1,
      updated_at: move.now,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  // The scheduler sleeps until the next known due time: tell it that there is another one now.
  if (move.to === 'running') await sql`select pg_notify('scheduler', '')`.execute(tx);
  return { before, after };
}

/** Throws 409 `campaign.bad_move`, with the statuses that are possible, when the move may not be made. */
export function assertMove(campaign: Campaign, to: CampaignStatus, from?: CampaignStatus): void {
  const { status } = campaign;
  if (canMove(status, to) && (from === undefined || from === status)) return;
  throw new AppError('campaign.bad_move', `A campaign that is ${status} cannot do this.`, {
    extra: { current: status, possible: [...MOVES[status]] },
  });
}
