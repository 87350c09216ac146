import { sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import type { ContactState } from '../infra/db/tables.ts';
import type { Campaign } from './campaign.ts';

export type ContactCounts = Record<ContactState | 'total', number>;

/** An administrator's word on a sensitive topic; it counts for exactly one wording and topic. */
export type Approval = {
  approved_by_user_id: string;
  approved_by_name: string;
  approved_at: string;
  reason: string;
};

/** What is shown of a campaign beside its own fields: contacts per state, and the approval of the wording it has now. */
export type CampaignFigures = { contact_counts: Partial<ContactCounts>; approval: Approval | null };

// Two columns for a row named `campaign`: a handful of index entries each, however many contacts there are.
export const figureColumns = [
  sql<Partial<ContactCounts>>`coalesce((
    select jsonb_object_agg(coalesce(state::text, 'total'), contacts) from (
      select state, sum(contacts) as contacts from contact_counts(array[campaign.id]) group by rollup (state)
    ) counted where contacts is not null), '{}')`.as('contact_counts'),
  sql<Approval | null>`(
    select jsonb_build_object('approved_by_user_id', a.approved_by_user_id, 'approved_by_name', u.name,
      'approved_at', to_json(a.approved_at at time zone 'UTC') #>> '{}', 'reason', a.reason)
    from script_approval a join "user" u on u.id = a.approved_by_user_id
    where a.campaign_id = campaign.id and a.script_version = campaign.script_version
      and a.topic = campaign.topic)`.as('approval'),
] as const;

/** The figures of one campaign as they are now. */
export async function campaignFigures(db: Db, campaign: Campaign): Promise<CampaignFigures> {
  const { id, script_version, topic } = campaign;
  return db
    .selectFrom(
      sql<{ id: string }>`(select ${id}::uuid as id, ${script_version}::integer as script_version,
        ${topic}::topic as topic)`.as('campaign'),
    )
    .select(figureColumns)
    .executeTakeFirstOrThrow();
}

const NONE: ContactCounts = {
  total: 0,
  pending: 0,
  in_progress: 0,
  completed: 0,
  refused: 0,
  not_reached: 0,
  excluded: 0,
};

/** Every state with its number, those without contacts too. */
export function allCounts(counts: Partial<ContactCounts>): ContactCounts {
  return { ...NONE, ...counts };
}

/** How much of the work is done, 0 to 1: of those who may be called, the share that is terminal; null where there are none. */
export function progressOf(counts: ContactCounts): number | null {
  const callable = counts.total - counts.excluded;
  if (callable === 0) return null;
  return (counts.completed + counts.refused + counts.not_reached) / callable;
}
