import { sql } from 'kysely';
import { appendAudit } from '../../audit/append-audit.ts';
import { type Db, inTransaction, type Tx } from '../../infra/db/database.ts';
import { moveCampaign } from './move-campaign.ts';

/**
 * Completes every running campaign that has nothing left to do, and returns their ids: at least one contact, all
 * terminal, no live call, no import under way. A contact whose attempts were used up counts as terminal only while
 * the campaign allows no further one.
 */
export async function completeFinishedCampaigns(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from campaign c where c.status = 'running' and c.deleted_at is null and ${isFinished}`.execute(
    db,
  );
  const completed: string[] = [];
  for (const { id } of rows) {
    if (await inTransaction(db, (tx) => completeOne(tx, id, now))) completed.push(id);
  }
  return completed;
}

// `case` keeps the order, cheapest question first; as plain conditions the planner may join them all with the contacts.
const isFinished = sql<boolean>`case
  when exists (select from contact o where o.campaign_id = c.id and o.state in ('pending', 'in_progress')) then false
  when not exists (select from contact o where o.campaign_id = c.id) then false
  when exists (select from contact_import i where i.campaign_id = c.id and i.status = 'running') then false
  when exists (select from call_attempt a join contact o on o.id = a.contact_id
    where a.ended_at is null and o.campaign_id = c.id) then false
  else not exists (select from contact o where o.campaign_id = c.id and o.state = 'not_reached'
    and o.not_reached_reason = 'attempts_used_up' and o.attempts_count < c.max_attempts) end`;

// Two statements: the second sees what was committed while the first waited for the row, such as an import's beginning.
async function completeOne(tx: Tx, campaign_id: string, now: Date): Promise<boolean> {
  await tx.selectFrom('campaign').select('id').where('id', '=', campaign_id).forNoKeyUpdate().execute();
  const { rows } = await sql<{ id: string }>`
    select c.id from campaign c where c.id = ${campaign_id} and c.status = 'running' and ${isFinished}`.execute(
    tx,
  );
  if (rows.length === 0) return false;
  await moveCampaign(tx, { campaign_id, to: 'completed', from: 'running', now });
  await appendAudit(tx, {
    at: now,
    user_id: null,
    action: 'campaign.completed',
    entity: 'campaign',
    entity_id: campaign_id,
    changes: { status: { previous: 'running', new: 'completed' } },
  });
  return true;
}
